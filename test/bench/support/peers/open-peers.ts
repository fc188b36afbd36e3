import { type PeerEvent, type NoPeer, type HttpClient, type PeerStore } from './peer';
import { plain } from '../facts';
import { benchCodec, envelopesOf } from '../logs';

/** The five facts of the appends, with the metadata that ours have. */
export const peerEvents = async (facts = plain): Promise<readonly PeerEvent[]> =>
  (await envelopesOf(benchCodec(), 'ticket-0195a3c0-1b2c-7d3e-8f40-5a6b7c8d9e0f', facts)).map(({ body }) => {
    const { type, data, metadata } = JSON.parse(body) as PeerEvent;
    return { type, data, metadata };
  });

export type OpenedPeer = { readonly name: string; readonly store: PeerStore };

/** Those that can be had, each with a place of its own. */
export const openPeers = async (
  peers: readonly (HttpClient | NoPeer)[],
  placeOf: () => Promise<{ readonly url: string }>,
): Promise<{ readonly opened: readonly OpenedPeer[]; readonly missing: readonly string[] }> => {
  const opened: OpenedPeer[] = [];
  const missing: string[] = [];
  for (const peer of peers) {
    if ('missing' in peer) missing.push(peer.name);
    else opened.push({ name: peer.name, store: await peer.open(await placeOf()) });
  }
  return { opened, missing };
};
