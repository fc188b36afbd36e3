import { Module } from '@nestjs/common';
import { CalendarPagesController } from './administration/calendar.controller';
import { ErasureController } from './administration/erasure.controller';
import { ParkedPagesController } from './administration/parked.controller';
import { StaffLeftController } from './administration/staff-left.controller';
import { StaffPagesController } from './administration/staff.controller';
import { AdministrationStartController } from './administration/start.controller';
import { AssetsController } from './assets/assets.controller';
import { FormDesk } from './forms/form-desk';
import { HomeController } from './home/home.controller';
import { LanguageController } from './language/language.controller';
import { MailboxController } from './mailbox/mailbox.controller';
import { PageDesk } from './page/page-desk';
import { ProblemPages } from './problems/problem-pages';
import { ImportDesk } from './registry/import/import-desk';
import { ImportPages } from './registry/import/import-pages';
import { RequestImportController, StaffImportController } from './registry/import/import.controllers';
import { RegistryPagesController } from './registry/registry.controller';
import { KeptReports } from './registry/reports/kept-reports';
import { RequestCardController } from './registry/request-card.controller';
import { RequestFormsController } from './registry/request-forms.controller';
import { Sessions } from './session/sessions';
import { SignInController } from './sign-in/sign-in.controller';

/** The pages: for citizens, civil servants, auditors, managers, the registry and administrators. */
@Module({
  controllers: [
    AdministrationStartController,
    AssetsController,
    CalendarPagesController,
    ErasureController,
    HomeController,
    LanguageController,
    MailboxController,
    ParkedPagesController,
    RegistryPagesController,
    RequestCardController,
    RequestFormsController,
    RequestImportController,
    SignInController,
    StaffImportController,
    StaffLeftController,
    StaffPagesController,
  ],
  providers: [Sessions, PageDesk, FormDesk, ProblemPages, ImportDesk, ImportPages, KeptReports],
  exports: [Sessions, PageDesk, FormDesk, ProblemPages],
})
export class WebModule {}
