/** Lower case without accents and punctuation, so that "electrico" finds "Eléctrico" and "mr mime" "Mr. Mime". */
export function normalize(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/[\p{Diacritic}'’.:]/gu, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}
