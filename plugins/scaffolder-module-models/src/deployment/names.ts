/** Leaves room for the suffixes of the objects and pods made from it. */
const MAX_LENGTH = 40;

/** A DNS label made from a Hugging Face id: `mistral-7b-instruct-v0-2-awq`. */
export function deriveName(modelId: string): string {
  const last = modelId.split('/').pop() ?? '';
  const name = last
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, MAX_LENGTH)
    .replace(/-+$/, '');
  return name || 'model';
}
