import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a search found: which needle, in which file. */
export type Found = { readonly file: string; readonly value: string };
export type Haystack = { readonly file: string; readonly bytes: Buffer };
/** Bytes that must be nowhere; `value` says what they stand for. */
export type Needle = { readonly value: string; readonly bytes: Buffer };

/** Shorter ones say too little: they would be found by chance. */
const shortest = 8;

/** As somebody writes who has no Romanian letters at hand. */
const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');
const jsonEscaped = (text: string): string =>
  text.replaceAll(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
const quotedPrintable = (text: string): string =>
  [...Buffer.from(text)].map((byte) => (byte > 0x7e ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte))).join('');

/** The characters of base64 that say nothing but these bytes, at each of the three places where they may begin. */
const inBase64 = (bytes: Buffer): readonly string[] =>
  [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const own = encoded.slice(Math.ceil((before * 8) / 6), -1);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });

/** These bytes as they are, in hexadecimal of either case, and in base64. */
const inDisguise = (bytes: Buffer): readonly Buffer[] => {
  const hex = bytes.toString('hex');
  return [bytes, ...[hex, hex.toUpperCase(), ...inBase64(bytes)].map((text) => Buffer.from(text, 'latin1'))];
};

const distinct = (needles: readonly Needle[]): readonly Needle[] => [
  ...new Map(needles.filter(({ bytes }) => bytes.length >= shortest).map((needle) => [needle.bytes.toString('latin1'), needle])).values(),
];

/** A word as it is, in either case, without its Romanian letters, escaped, in UTF-8 and both UTF-16, plain, in base64 and hexadecimal. */
export const needlesOfWord = (word: string): readonly Needle[] => {
  const spelled = new Set([word, word.toLowerCase(), word.toUpperCase()].flatMap((text) => [text, folded(text)]));
  const escaped = [...spelled].flatMap((text) => [jsonEscaped(text), encodeURIComponent(text), quotedPrintable(text)]);
  const bytes = [
    ...[...spelled].flatMap((text) => {
      const utf16 = Buffer.from(text, 'utf16le');
      return [Buffer.from(text), utf16, Buffer.from(utf16).swap16()].flatMap(inDisguise);
    }),
    ...escaped.map((text) => Buffer.from(text)),
  ];
  return distinct(bytes.map((some) => ({ value: word, bytes: some })));
};

export const needlesOfBytes = (value: string, bytes: Buffer): readonly Needle[] =>
  distinct(inDisguise(bytes).map((some) => ({ value, bytes: some })));

/**
 * Looks for all of them in one pass: by three bytes whether any can begin here, by eight which ones do.
 * @returns the first place of each that is there
 */
export const createSearch = (needles: readonly Needle[]) => {
  const begins = new Uint8Array(2 ** 24);
  const byHead = new Map<string, Needle[]>();
  for (const needle of needles) {
    begins[needle.bytes.readUIntBE(0, 3)] = 1;
    const head = needle.bytes.toString('latin1', 0, shortest);
    const same = byHead.get(head);
    if (same === undefined) byHead.set(head, [needle]);
    else same.push(needle);
  }
  return (haystacks: Iterable<Haystack>): readonly Found[] => {
    const found = new Map<string, Found>();
    for (const { file, bytes } of haystacks) {
      for (let at = 0; at + shortest <= bytes.length; at += 1) {
        const head = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
        if (begins[head] !== 1) continue;
        for (const { value, bytes: wanted } of byHead.get(bytes.toString('latin1', at, at + shortest)) ?? []) {
          if (bytes.subarray(at, at + wanted.length).equals(wanted)) found.set(`${value} ${file}`, { file, value });
        }
      }
    }
    return [...found.values()];
  };
};

/** Every file below this folder, but not what stands below those of these names. */
export const haystacksUnder = (folder: string, without: readonly string[] = []): readonly Haystack[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (without.includes(entry.name)) return [];
    if (entry.isDirectory()) return haystacksUnder(path, without);
    return entry.isFile() ? [{ file: path, bytes: readFileSync(path) }] : [];
  });
