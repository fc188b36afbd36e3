import { Module } from '@nestjs/common';
import { CalendarPagesController } from './administration/calendar.controller';
import { ErasureController } from './administration/erasure.controller';
import { ParkedPagesController } from './administration/parked.controller';
import { StaffLeftController } from './administration/staff-left.controller';
import { StaffPagesController } from './administration/staff.controller';
import { AdministrationStartController } from './administration/start.controller';
import { AssetsController } from './assets/assets.controller';
import { WellKnownController } from './assets/well-known.controller';
import { AuditPagesController } from './audit/audit.controller';
import { AuditedTicketController } from './audit/audited-ticket.controller';
import { AuditDownloadsController } from './audit/downloads.controller';
import { BookingDesk } from './booking/booking-desk';
import { CheckStepController } from './booking/check-step.controller';
import { CodeStepController } from './booking/code-step.controller';
import { ContactStep } from './booking/contact-step';
import { ContactStepController } from './booking/contact-step.controller';
import { HourStep } from './booking/hour-step';
import { HourStepController } from './booking/hour-step.controller';
import { ModeStepController } from './booking/mode-step.controller';
import { RequestStepController } from './booking/request-step.controller';
import { FiguresController } from './figures/figures.controller';
import { FormDesk } from './forms/form-desk';
import { HomeController } from './home/home.controller';
import { HourDesk } from './hours/hour-desk';
import { LanguageController } from './language/language.controller';
import { MailboxController } from './mailbox/mailbox.controller';
import { ActDesk } from './meetings/act-desk';
import { CalendarDesk } from './meetings/calendar-desk';
import { CardDesk } from './meetings/card-desk';
import { CardController } from './meetings/card.controller';
import { HoursDesk } from './meetings/hours-desk';
import { MeetingsController } from './meetings/meetings.controller';
import { AbsencePages } from './office/absence.controller';
import { HoursPages } from './office/hours.controller';
import { SchedulePages } from './office/schedule.controller';
import { TasksController } from './office/tasks.controller';
import { WindowPages } from './office/window.controller';
import { PageDesk } from './page/page-desk';
import { ProblemPages } from './problems/problem-pages';
import { ProcedureController } from './procedure/procedure.controller';
import { ImportDesk } from './registry/import/import-desk';
import { ImportPages } from './registry/import/import-pages';
import { RequestImportController, StaffImportController } from './registry/import/import.controllers';
import { RegistryPagesController } from './registry/registry.controller';
import { KeptReports } from './registry/reports/kept-reports';
import { RequestCardController } from './registry/request-card.controller';
import { RequestFormsController } from './registry/request-forms.controller';
import { Sessions } from './session/sessions';
import { SignInController } from './sign-in/sign-in.controller';
import { StatementsController } from './statements/statements.controller';
import { CancelController } from './ticket/cancel.controller';
import { FindController } from './ticket/find.controller';
import { MoveController } from './ticket/move.controller';
import { OpenController } from './ticket/open.controller';
import { TicketController } from './ticket/ticket.controller';

/** The pages: for citizens, civil servants, auditors, managers, the registry and administrators. */
@Module({
  controllers: [
    AbsencePages,
    AdministrationStartController,
    AssetsController,
    AuditDownloadsController,
    AuditedTicketController,
    AuditPagesController,
    CalendarPagesController,
    CancelController,
    CardController,
    CheckStepController,
    CodeStepController,
    ContactStepController,
    ErasureController,
    FiguresController,
    FindController,
    HomeController,
    HoursPages,
    HourStepController,
    LanguageController,
    MailboxController,
    MeetingsController,
    ModeStepController,
    MoveController,
    OpenController,
    ParkedPagesController,
    ProcedureController,
    RegistryPagesController,
    RequestCardController,
    RequestFormsController,
    RequestImportController,
    RequestStepController,
    SchedulePages,
    SignInController,
    StaffImportController,
    StaffLeftController,
    StaffPagesController,
    StatementsController,
    TasksController,
    TicketController,
    WellKnownController,
    WindowPages,
  ],
  providers: [
    Sessions,
    PageDesk,
    FormDesk,
    ProblemPages,
    ActDesk,
    BookingDesk,
    CalendarDesk,
    CardDesk,
    ContactStep,
    HourDesk,
    HoursDesk,
    HourStep,
    ImportDesk,
    ImportPages,
    KeptReports,
  ],
  exports: [Sessions, PageDesk, FormDesk, ProblemPages],
})
export class WebModule {}
