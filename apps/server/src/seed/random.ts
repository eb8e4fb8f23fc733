/** Chance that comes out the same again. */
export interface Random {
  /** A whole number from 0 to one less than the limit. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** An index, each as likely as its weight. */
  weighted(weights: readonly number[]): number;
  /** So many hexadecimal digits, a multiple of 8. */
  hex(digits: number): string;
}

/** Chance that begins with a text: the same text, the same chance. (mulberry32, begun with FNV-1a) */
export function randomFrom(text: string): Random {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(text)) state = Math.imul(state ^ byte, 0x01000193);

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  const below = (limit: number) => Math.floor((next() / 0x1_0000_0000) * limit);

  return {
    below,
    chance: (probability) => next() < probability * 0x1_0000_0000,
    pick: (items) => items[below(items.length)]!,
    weighted(weights) {
      let left = below(weights.reduce((sum, weight) => sum + weight, 0));
      return weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
    },
    hex: (digits) => Array.from({ length: digits / 8 }, () => next().toString(16).padStart(8, '0')).join(''),
  };
}
