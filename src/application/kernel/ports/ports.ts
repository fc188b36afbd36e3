import type { Policies } from '../../../domain/policies';
import type { CityHall } from './city-hall';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Correspondence } from './correspondence';
import type { DocumentRegister, RequestRegister } from './document-register';
import type { EventCodec } from './event-codec';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Identifiers } from '@tichet-albastru/event-log/ports/identifiers';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Mailer } from './mailer';
import type { Operations } from './operations';
import type { PersonalData } from './personal-data';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import type { SignedLog } from './signed-log';
import type { TextMessages } from './text-messages';
import type { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import type { VideoMeetings } from './video-meetings';
import type { Webhooks } from './webhooks';

/** Everything the use cases need of the world. */
export type Ports = {
  readonly store: EventStore;
  /** of what was read in this store: another store comes with another */
  readonly streamCache: StreamCache;
  readonly codec: EventCodec;
  readonly personalData: PersonalData;
  readonly readModels: ReadModels;
  readonly operations: Operations;
  readonly correspondence: Correspondence;
  readonly cityHall: CityHall;
  readonly mailer: Mailer;
  /** left out: no text messages are sent, an official calls a citizen who has no e-mail */
  readonly textMessages?: TextMessages;
  readonly video: VideoMeetings;
  readonly documents: DocumentRegister;
  /** left out: no webhooks are sent, a host that wants the events reads the log */
  readonly webhooks?: Webhooks;
  readonly requests: RequestRegister;
  /** left out: the log is not sealed, and C21 rests on its hash chain alone */
  readonly signedLog?: SignedLog;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly logger: Logger;
  readonly policies: Policies;
};
