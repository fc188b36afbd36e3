import type { Instant } from '../../../domain/kernel/fact';
import type { dataFiles } from '../../database/data-folder/data-files';
import type { Sentence } from '../../phrasing/sentences';
import type { Kept } from './stored';

export type Database = (typeof dataFiles)['events' | 'operations' | 'readModels' | 'keys'];

/** What is examined, and what of the world the doctor needs for it. */
export type ExaminedInstallation = {
  readonly folder: string;
  /** the databases that must be in the folder; everything else is on a server */
  readonly databases: readonly Database[];
  /** `undefined` where too little is there to be read */
  readonly kept: Kept | undefined;
  readonly masterKeyFile: string;
  /** what is wrong with the log against its seals, beyond what its chain tells; left out where it is not sealed */
  readonly sealDiffers?: () => Promise<Sentence | undefined>;
  /** names of the systems that are told of events */
  readonly webhooks: readonly string[];
  /** names of those who keep checkpoints elsewhere */
  readonly outside?: readonly string[];
  readonly now: Instant;
  /** free and whole bytes of the disk of the folder */
  readonly disk: () => { readonly free: number; readonly total: number };
  /** whether a service answers on the local socket */
  readonly serviceAnswers: () => Promise<boolean>;
  /** why the identity provider cannot be used; `undefined` when it can, or when there is none */
  readonly identityFault: () => Promise<string | undefined>;
  /** asks the gateway before the document system, where there is one; `undefined` when it answers, else what is wrong */
  readonly registrySilence?: () => Promise<string | undefined>;
  /** how long tables may take to reach the end of the log while a service runs, in milliseconds */
  readonly patienceMilliseconds: number;
};
