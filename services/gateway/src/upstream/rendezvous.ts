/** FNV-1a: short texts, spread well enough once the bits are mixed below. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}

/** Murmur3's last step: every bit of the input reaches every bit of the result. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * How much a key prefers a place. The place with the highest score has the
 * key; when one comes or goes, only the keys that it gains or had move.
 */
export function preference(keyHash: number, place: string): number {
  return mix(keyHash ^ mix(hashText(place)));
}
