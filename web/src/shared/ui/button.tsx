import type { ComponentProps } from "react";
import { Icon, type IconName } from "./icon";
import styles from "./button.module.css";

type Look = "primary" | "plain" | "bare" | "danger";

export function buttonClass(look: Look, iconOnly = false): string {
  return [styles.button, styles[look], iconOnly ? styles.icon : ""].join(" ");
}

interface ButtonProps extends Omit<ComponentProps<"button">, "className"> {
  look?: Look;
  icon?: IconName;
}

export function Button({ look = "plain", icon, type = "button", children, ...rest }: ButtonProps) {
  return (
    <button className={buttonClass(look)} type={type} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "className" | "children"> {
  icon: IconName;
  /** What it does, said to those who do not see the icon; `title` says it to those who point at it. */
  label: string;
}

export function IconButton({ icon, label, title, ...rest }: IconButtonProps) {
  return (
    <button
      aria-label={label}
      className={buttonClass("bare", true)}
      title={title ?? label}
      type="button"
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
