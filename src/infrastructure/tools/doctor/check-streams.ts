import { inBoth, inEveryLanguage } from '../../phrasing/sentences';
import { type ExaminedInstallation, finding, type Finding } from './finding';

/** Streams that were deleted or cut on the server, without a decision to go on without them. */
export const checkStreams = async ({ damaged }: ExaminedInstallation): Promise<readonly Finding[]> =>
  ((await damaged?.()) ?? []).map(({ stream, revision, how }) => {
    const { what, mend } = inBoth.proof.damage[how];
    const orClose = inBoth.proof.orClose({ stream });
    return finding(
      'stream-damaged',
      what({ stream, revision }),
      inEveryLanguage((locale) => `${mend[locale]} ${orClose[locale]}`),
    );
  });
