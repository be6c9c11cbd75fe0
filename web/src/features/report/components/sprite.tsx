import { useState } from "react";
import { typeColors } from "@/shared/ui/type-colors";
import styles from "./sprite.module.css";

interface SpriteProps {
  name: string;
  type: string | undefined;
  /** Null where the Pokémon has none. */
  address: string | null;
}

/** A Pokémon's sprite; its letter on its type's colour until it comes, and where it cannot come. */
export function Sprite({ name, type, address }: SpriteProps) {
  const [state, setState] = useState<"waiting" | "loaded" | "away">("waiting");
  return (
    <span aria-hidden="true" className={`${styles.sprite} ${typeColors(type)}`}>
      {name.slice(0, 1).toUpperCase()}
      {address && state !== "away" && (
        // eslint-disable-next-line @next/next/no-img-element -- nothing to optimise, and it must not fail the page
        <img
          alt=""
          className={`${styles.image} ${state === "loaded" ? styles.loaded : ""}`}
          height={40}
          loading="lazy"
          referrerPolicy="no-referrer"
          src={address}
          width={40}
          onError={() => {
            setState("away");
          }}
          onLoad={() => {
            setState("loaded");
          }}
        />
      )}
    </span>
  );
}
