/** The page that compares two reports. Without a second one, the user chooses it there. */
export function comparePath(a: string, b?: string): string {
  return `/compare/?${new URLSearchParams({ a, ...(b !== undefined && { b }) }).toString()}`;
}
