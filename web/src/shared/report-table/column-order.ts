/** The order with one name moved by one place. */
export function moveByOne<Name extends string>(order: readonly Name[], name: Name, by: -1 | 1): Name[] {
  const from = order.indexOf(name);
  const others = order.filter((other) => other !== name);
  return [...others.slice(0, from + by), name, ...others.slice(from + by)];
}
