import { smallPages } from '../../../../src/infrastructure/tables/read-models/small-pages';
import { silentLogger } from '../../../../src/infrastructure/testing/test-ports';

smallPages(process.argv[2] ?? '', silentLogger);
