import type { ComponentProps } from "react";
import { Icon, type IconName } from "./icon";
import styles from "./button.module.css";

type Variant = "primary" | "plain" | "bare" | "danger";

export function buttonClass(variant: Variant, iconOnly = false): string {
  return [styles.button, styles[variant], iconOnly ? styles.icon : ""].join(" ");
}

interface ButtonProps extends Omit<ComponentProps<"button">, "className"> {
  variant?: Variant;
  icon?: IconName;
}

export function Button({ variant = "plain", icon, type = "button", children, ...rest }: ButtonProps) {
  return (
    <button className={buttonClass(variant)} type={type} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "className" | "children"> {
  icon: IconName;
  /** The accessible name; `title` is the tooltip, and defaults to it. */
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
