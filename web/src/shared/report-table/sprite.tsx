import { useState } from "react";
import { typeColors } from "@/shared/ui/type-colors";
import styles from "./sprite.module.css";

interface SpriteProps {
  /** Shown as its first letter without an image. */
  initial: string;
  size?: "small" | "medium" | "large";
  type: string | undefined;
  /** Null if the Pokémon has no sprite. */
  url: string | null;
}

/** A Pokémon's sprite, or its initial on the type's color while the image is loading or unavailable. */
export function Sprite({ initial, size = "small", type, url }: SpriteProps) {
  const [state, setState] = useState<"loading" | "loaded" | "unavailable">("loading");
  return (
    <span aria-hidden="true" className={`${styles.sprite} ${styles[size]} ${typeColors(type)}`}>
      {initial.slice(0, 1).toUpperCase()}
      {url && state !== "unavailable" && (
        // eslint-disable-next-line @next/next/no-img-element -- a small image of another host, with a fallback
        <img
          alt=""
          className={`${styles.image} ${state === "loaded" ? styles.loaded : ""}`}
          height={40}
          loading="lazy"
          referrerPolicy="no-referrer"
          src={url}
          width={40}
          onError={() => {
            setState("unavailable");
          }}
          onLoad={() => {
            setState("loaded");
          }}
        />
      )}
    </span>
  );
}
