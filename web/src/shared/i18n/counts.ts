/** Numbers in a language, and counts with the singular or plural of what they count. */
export function countsIn(locale: string) {
  const numbers = new Intl.NumberFormat(locale, { useGrouping: "always" });
  const number = (value: number): string => numbers.format(value);
  const plural = (count: number, singular: string, other: string): string =>
    `${number(count)} ${count === 1 ? singular : other}`;
  return { number, plural };
}
