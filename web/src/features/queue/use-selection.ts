import { useState } from "react";

/** A set of selected ids, and a function that selects or deselects some. */
export function useSelection(): [ReadonlySet<string>, (ids: readonly string[], isSelected: boolean) => void] {
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set());
  const select = (ids: readonly string[], isSelected: boolean) => {
    setSelectedIds((current) => {
      const next = new Set(current);
      for (const id of ids) {
        if (isSelected) {
          next.add(id);
        } else {
          next.delete(id);
        }
      }
      return next;
    });
  };
  return [selectedIds, select];
}
