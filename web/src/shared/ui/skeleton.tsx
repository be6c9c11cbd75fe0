import styles from "./skeleton.module.css";

/** A placeholder for content that is loading. `className` sets the size of one block. */
export function Skeleton({
  label,
  blocks,
  className,
}: {
  label: string;
  blocks: number;
  className: string | undefined;
}) {
  return (
    <>
      <span className="visually-hidden" role="status">
        {label}
      </span>
      {Array.from({ length: blocks }, (_, index) => (
        <span key={index} aria-hidden="true" className={`${styles.block} ${className ?? ""}`} />
      ))}
    </>
  );
}
