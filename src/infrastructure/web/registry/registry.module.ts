import type { PageModule } from '../page-module';
import { ImportService } from './import/import-service';
import { ImportPages } from './import/import-pages';
import { RequestImportController, StaffImportController } from './import/import.controllers';
import { RegistryPagesController } from './registry.controller';
import { StoredReports } from './reports/stored-reports';
import { RequestCardController } from './request-card.controller';
import { RequestFormsController } from './request-forms.controller';

/** Requests, and imports with their reports. */
export const registryModule: PageModule = {
  controllers: [RegistryPagesController, RequestCardController, RequestFormsController, RequestImportController, StaffImportController],
  providers: [ImportService, ImportPages, StoredReports],
};
