import type { ModuleMetadata } from '@nestjs/common';
import type { Ports } from '../../application/kernel/ports/ports';
import type { Settings } from '../config/settings';
import type { OpenedPorts } from './open-ports';

/** What a team that embeds the module may choose. Everything has a default: an empty object gives the whole service in `./data`. */
export type TichetAlbastruOptions = {
  /** left out: read from the environment, and checked */
  readonly settings?: Settings;
  /** single ports in place of the embedded ones */
  readonly ports?: Partial<Ports>;
  /** everything opened by the host; the host closes it. Then no data folder is touched */
  readonly opened?: Omit<OpenedPorts, 'close'>;
  /** perform what is due (letters, filing, expiry); false where another process does it (true). The log is sealed by whoever has it open, in either case */
  readonly processes?: boolean;
};
/** What must be known before the module is made. */
export type TichetAlbastruMounting = {
  /** the routes of the contract (true) */
  readonly http?: boolean;
  /** the pages, at the root (false; the service that runs by itself has them). Their server needs `equipWeb` */
  readonly web?: boolean;
  /** before every route of the contract (`/api/v1`) */
  readonly mountPath?: string;
};
export type TichetAlbastruAsyncOptions = TichetAlbastruMounting &
  Pick<ModuleMetadata, 'imports'> & {
    readonly inject?: readonly (string | symbol | (abstract new (...parts: never[]) => unknown))[];
    readonly useFactory: (...parts: never[]) => TichetAlbastruOptions | Promise<TichetAlbastruOptions>;
  };
