/** Saves bytes as a browser download. */
export function saveFile(bytes: ArrayBuffer, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // A download that has begun keeps its own reference to the data.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
