/** The form that creates a report, filled from the request of an existing one. */
export function editPath(id: string): string {
  return `/?from=${encodeURIComponent(id)}`;
}
