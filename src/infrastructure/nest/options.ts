import type { Projection } from '../../application/kernel/ports/projection';
import type { Settings } from '../config/settings';
import type { Provided } from './provided';
import type { Subscription } from './subscription';

/** What a host brings, each port by its name. */
export type OwnPorts = { readonly [Name in keyof Provided]?: Provided[Name] | undefined };

/** What a team that embeds the module may choose. Everything has a default: an empty object gives the whole service in `./data`. */
export type TichetAlbastruOptions = {
  /** left out: read from the environment, and checked */
  readonly settings?: Settings;
  /**
   * What the host brings in place of what the module makes: everything that uses one is given it. The host closes what it brings. One that
   * brings all that is kept (stores, keys and tables) touches no data folder
   */
  readonly ports?: OwnPorts;
  /** tables of the host's own: made, followed, filled anew, examined and measured as ours are */
  readonly projections?: readonly Projection[];
  /** what the host does with facts, each at least once */
  readonly subscriptions?: readonly Subscription[];
  /** perform what is due (letters, filing, expiry); false where another process does it (true). The log is sealed by whoever has it open, in either case */
  readonly processes?: boolean;
};
/** What a host adds to the program: every command of the command line and every door of the service knows of it. */
export type OwnParts = Pick<TichetAlbastruOptions, 'projections' | 'subscriptions'>;
/** What must be known before the module is made. */
export type TichetAlbastruMounting = {
  /** the routes of the contract (true) */
  readonly http?: boolean;
  /** the pages, at the root (false; the service that runs by itself has them). Their server needs `equipAll` */
  readonly web?: boolean;
  /** each fact on Nest's EventBus as well, as `FactRecorded`, for what may be missed (false) */
  readonly eventBus?: boolean;
  /** before every route of the contract (`/api/v1`) */
  readonly mountPath?: string;
};
