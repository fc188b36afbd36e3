import type { Area } from '../area';
import { ImportDesk } from './import/import-desk';
import { ImportPages } from './import/import-pages';
import { RequestImportController, StaffImportController } from './import/import.controllers';
import { RegistryPagesController } from './registry.controller';
import { KeptReports } from './reports/kept-reports';
import { RequestCardController } from './request-card.controller';
import { RequestFormsController } from './request-forms.controller';

/** Requests, and imports with their reports. */
export const registryArea: Area = {
  controllers: [RegistryPagesController, RequestCardController, RequestFormsController, RequestImportController, StaffImportController],
  providers: [ImportDesk, ImportPages, KeptReports],
};
