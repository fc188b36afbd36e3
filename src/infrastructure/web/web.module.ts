import { Module } from '@nestjs/common';
import { AssetsController } from './assets/assets.controller';
import { AuditPagesController } from './audit/audit.controller';
import { AuditedTicketController } from './audit/audited-ticket.controller';
import { AuditDownloadsController } from './audit/downloads.controller';
import { FormDesk } from './forms/form-desk';
import { HomeController } from './home/home.controller';
import { LanguageController } from './language/language.controller';
import { AbsencePages } from './office/absence.controller';
import { HoursPages } from './office/hours.controller';
import { SchedulePages } from './office/schedule.controller';
import { TasksController } from './office/tasks.controller';
import { WindowPages } from './office/window.controller';
import { PageDesk } from './page/page-desk';
import { ProblemPages } from './problems/problem-pages';
import { ProcedureController } from './procedure/procedure.controller';
import { Sessions } from './session/sessions';
import { SignInController } from './sign-in/sign-in.controller';
import { StatementsController } from './statements/statements.controller';

/** The pages: for citizens, civil servants, auditors, managers, the registry and administrators. */
@Module({
  controllers: [
    AbsencePages,
    AssetsController,
    AuditDownloadsController,
    AuditedTicketController,
    AuditPagesController,
    HomeController,
    HoursPages,
    LanguageController,
    ProcedureController,
    SchedulePages,
    SignInController,
    StatementsController,
    TasksController,
    WindowPages,
  ],
  providers: [Sessions, PageDesk, FormDesk, ProblemPages],
  exports: [Sessions, PageDesk, FormDesk, ProblemPages],
})
export class WebModule {}
