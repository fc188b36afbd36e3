import { smallPages } from '@tichet-albastru/event-log/read-models/small-pages';
import { silentLogger } from '@tichet-albastru/event-log/testing/silent-logger';

smallPages(process.argv[2] ?? '', silentLogger);
