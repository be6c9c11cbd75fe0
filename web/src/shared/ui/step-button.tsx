import { buttonClass } from "./button";
import { Icon, type IconName } from "./icon";
import styles from "./step-button.module.css";

interface StepButtonProps {
  icon: IconName;
  label: string;
  /** There is no further step. The button keeps the focus that a disabled one would lose. */
  disabled: boolean;
  onClick: () => void;
}

/** A button for one step in a direction, which is used again and again until the end. */
export function StepButton({ icon, label, disabled, onClick }: StepButtonProps) {
  return (
    <button
      aria-disabled={disabled}
      aria-label={label}
      className={`${buttonClass("bare", true)} ${styles.step}`}
      title={label}
      type="button"
      onClick={disabled ? undefined : onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
