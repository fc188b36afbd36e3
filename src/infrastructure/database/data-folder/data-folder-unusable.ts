import { errorCode } from '../../runtime/error-code';

/** SQLite's codes, and those of the operating system, for a disk that cannot take or give what was asked now. */
const ofTheDisk = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|PERM)(_|$)|^E(NOSPC|DQUOT|IO|ROFS|ACCES|PERM)$/;

/** The code of an error that a disk causes, and that goes away when the disk is mended; `undefined` for any other error. */
export const storageFault = (error: unknown): string | undefined => {
  const code = errorCode(error);
  return code !== undefined && ofTheDisk.test(code) ? code : undefined;
};

/** The data folder cannot be written; the message is a sentence for the administrator, in Romanian and in English. */
export class DataFolderUnusable extends Error {
  override readonly name = 'DataFolderUnusable';
}

/** A file stands where the folder, or one above it, should be. */
const notAFolder: readonly string[] = ['ENOTDIR', 'EEXIST'];

/** What an error of the disk or of its rights means for whoever starts the service; `undefined` for any other error. */
export const folderUnusable = (folder: string, error: unknown): DataFolderUnusable | undefined => {
  const code = storageFault(error) ?? notAFolder.find((known) => known === errorCode(error));
  if (code === undefined) return undefined;
  return new DataFolderUnusable(
    `Dosarul de date ${folder} nu poate fi scris (${code}); dați-i procesului drepturi de scriere, faceți loc pe disc sau alegeți alt dosar (TICHET_DATA_DIR). / ` +
      `The data folder ${folder} cannot be written (${code}); let this process write there, make room on the disk or choose another folder (TICHET_DATA_DIR).`,
  );
};
