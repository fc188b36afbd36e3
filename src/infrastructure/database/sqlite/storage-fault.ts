import { errorCode } from '../../runtime/error-code';

/** SQLite's codes, and those of the operating system, for a disk that cannot take or give what was asked now. */
const ofTheDisk = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|PERM)(_|$)|^E(NOSPC|DQUOT|IO|ROFS|ACCES|PERM)$/;

/** The code of an error that a disk causes, and that goes away when the disk is mended; `undefined` for any other error. */
export const storageFault = (error: unknown): string | undefined => {
  const code = errorCode(error);
  return code !== undefined && ofTheDisk.test(code) ? code : undefined;
};
