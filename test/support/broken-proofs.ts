import { signCheckpoint, verifiedCheckpoint, verifierLine } from '@tichet-albastru/signed-log';
import type { ProvedEvent, TicketProof } from '../../src/infrastructure/proof/ticket-proof';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { otherSealKey, sealKey } from './sealed-tickets';
import type { Chance } from './behind-its-back';

type Break = (proof: TicketProof, chance: Chance) => TicketProof;

const otherDigit = (hex: string, chance: Chance): string => {
  const at = chance(hex.length);
  const digit = ((parseInt(hex[at] ?? '0', 16) + 1 + chance(15)) % 16).toString(16);
  return `${hex.slice(0, at)}${digit}${hex.slice(at + 1)}`;
};
const ofOne =
  (change: (event: ProvedEvent, chance: Chance) => Partial<ProvedEvent>): Break =>
  (proof, chance) => {
    const at = chance(proof.events.length);
    return { ...proof, events: proof.events.map((event, place) => (place === at ? { ...event, ...change(event, chance) } : event)) };
  };
const otherCharacter = (text: string, chance: Chance): string => {
  const at = chance(text.length);
  return `${text.slice(0, at)}${text[at] === '~' ? '^' : '~'}${text.slice(at + 1)}`;
};
/** A byte of the signature, or of the root, written again as it should be. */
const inBase64 = (text: string, from: number, chance: Chance): string => {
  const bytes = Buffer.from(text, 'base64');
  const at = from + chance(bytes.length - from);
  bytes[at] = (bytes[at] ?? 0) ^ (1 + chance(255));
  return bytes.toString('base64');
};

/** `seen`: also by whoever looks at nothing but hashes, proofs and the checkpoint, as Sigstore does. */
export const breaks: Readonly<Record<string, { readonly break: Break; readonly seen: boolean }>> = {
  'a character of a body': { break: ofOne(({ body }, chance) => ({ body: otherCharacter(body, chance) })), seen: false },
  'a character of an id': { break: ofOne(({ id }, chance) => ({ id: otherCharacter(id, chance) })), seen: false },
  'another stream': { break: ofOne(({ stream }, chance) => ({ stream: otherCharacter(stream, chance) })), seen: false },
  'another revision': { break: ofOne(({ revision }, chance) => ({ revision: revision + 1 + chance(5) })), seen: false },
  'another hash': { break: ofOne(({ hash }, chance) => ({ hash: otherDigit(hash, chance) })), seen: true },
  'a body and the hash that fits it': {
    break: ofOne((event, chance) => {
      const body = event.body.replace('"version":1', `"version":${2 + chance(100)}`);
      return { body, hash: hashEvent({ ...event, body }) };
    }),
    seen: true,
  },
  'another place': { break: ofOne(({ leaf }, chance) => ({ leaf: leaf + 1 + chance(3) })), seen: true },
  'a hash of a way': {
    break: ofOne(({ proof }, chance) => {
      const at = chance(proof.length);
      return { proof: proof.map((beside, place) => (place === at ? otherDigit(beside, chance) : beside)) };
    }),
    seen: true,
  },
  'a way too short': { break: ofOne(({ proof }) => ({ proof: proof.slice(0, -1) })), seen: true },
  'a way too long': { break: ofOne(({ proof }) => ({ proof: [...proof, '0'.repeat(64)] })), seen: true },
  'the signature': {
    break: (proof, chance) => ({
      ...proof,
      checkpoint: proof.checkpoint.replace(/(\S+)\n$/, (line: string) => `${inBase64(line.trim(), 4, chance)}\n`),
    }),
    seen: true,
  },
  'the root': {
    break: (proof, chance) => ({
      ...proof,
      checkpoint: proof.checkpoint.replace(/^([^\n]+\n\d+\n)([^\n]+)/, (_, head: string, root: string) => head + inBase64(root, 0, chance)),
    }),
    seen: true,
  },
  'the size': {
    break: (proof, chance) => ({
      ...proof,
      checkpoint: proof.checkpoint.replace(/^([^\n]+\n)(\d+)/, (_, head: string, size: string) => `${head}${Number(size) + 1 + chance(9)}`),
    }),
    seen: true,
  },
  'signed with another key': {
    break: (proof) => {
      const signed = verifiedCheckpoint(proof.checkpoint, sealKey);
      if (signed === undefined) throw new Error('The proof was broken before.');
      return { ...proof, verifier: verifierLine(otherSealKey), checkpoint: signCheckpoint(signed, otherSealKey).note };
    },
    seen: true,
  },
  'an event left out': {
    break: (proof, chance) => {
      const at = chance(proof.events.length - 1);
      return { ...proof, events: proof.events.filter((_, place) => place !== at) };
    },
    seen: false,
  },
  'an event twice': {
    break: (proof, chance) => ({ ...proof, events: [...proof.events, ...proof.events.slice(chance(proof.events.length)).slice(0, 1)] }),
    seen: false,
  },
  'no events': { break: (proof) => ({ ...proof, events: [] }), seen: false },
  'another ticket': {
    break: (proof, chance) => ({ ...proof, ticketId: otherDigit(proof.ticketId.replaceAll('-', ''), chance) }),
    seen: false,
  },
};
