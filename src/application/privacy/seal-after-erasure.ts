import type { SealAfterErasure } from './erasure-report';
import type { Ports } from '../kernel/ports/ports';
import type { SealedUpTo } from '../kernel/ports/seal';

/** Looks at every event of the stream again: whether it is to the byte what the checkpoint of before the erasure holds. */
export const sealAfterErasure = async (
  { store, seal }: Pick<Ports, 'store' | 'seal'>,
  stream: string,
  before: SealedUpTo | undefined,
): Promise<SealAfterErasure | undefined> => {
  const after = await seal?.checkpoint();
  if (seal === undefined || before === undefined || after === undefined) return undefined;
  let events = 0;
  let stillProved = 0;
  for await (const event of store.read(stream)) {
    const { kind } = await seal.standing(event, before);
    if (kind === 'not-yet') continue;
    events += 1;
    if (kind === 'sealed') stillProved += 1;
  }
  const bare = ({ size, root }: SealedUpTo) => ({ size, root });
  return { before: bare(before), after: bare(after), events, stillProved };
};
