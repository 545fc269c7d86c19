/** A file's name from what people call a thing. */
export function fileName(title: string, extension: string): string {
  const name = title
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .toLowerCase();
  return `${name || 'panel'}.${extension}`;
}
