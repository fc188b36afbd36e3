import { accessMetadata } from '../api/access/access-decorator';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { everyRouteHasARule } from '../api/access/every-route-has-a-rule';
import { PageGuard } from './access/page-guard';
import { inBoth, SaidError } from '../phrasing/sentences';
import { administrationModule } from './administration/administration.module';
import { AssetsController } from './assets/assets.controller';
import { WellKnownController } from './assets/well-known.controller';
import { auditModule } from './audit/audit.module';
import { BookingService } from './booking/booking-service';
import { CheckStepController } from './booking/check-step.controller';
import { CodeStepController } from './booking/code-step.controller';
import { ContactStep, ContactStepController } from './booking/contact-step.controller';
import { HourStep, HourStepController } from './booking/hour-step.controller';
import { ModeStepController } from './booking/mode-step.controller';
import { RequestStepController } from './booking/request-step.controller';
import { FiguresController } from './figures/figures.controller';
import { FormDrafts } from './forms/form-drafts';
import { FormKeeping } from './forms/form-keeping';
import { everyFormSaysWhatItKeeps } from './forms/stored-form';
import { HomeController } from './home/home.controller';
import { HourService } from './hours/hour-service';
import { LanguageController } from './language/language.controller';
import { MailboxController } from './mailbox/mailbox.controller';
import { ActService } from './meetings/act-service';
import { CalendarService } from './meetings/calendar-service';
import { CardController, MeetingsController } from './meetings/meetings.controller';
import { OfferController } from './meetings/offer.controller';
import { PageService } from './page/page-service';
import { PageInterceptor } from './page/page-interceptor';
import { ProblemPages } from './problems/problem-pages';
import { ProcedureController } from './procedure/procedure.controller';
import { ImportPages, RequestImportController, StaffImportController } from './registry/imports.controllers';
import { RegistryPagesController } from './registry/registry.controller';
import { counterModule } from './counter/counter.module';
import { RequestCardController, RequestFormsController } from './registry/request.controllers';
import { StoredReports } from './registry/stored-reports';
import { AbsencePages } from './schedule/absence.controller';
import { CalendarPages } from './schedule/calendar.controller';
import { DeparturePages } from './schedule/departure.controller';
import { DeputiesPages } from './schedule/deputies.controller';
import { HoursPages } from './schedule/hours.controller';
import { LettersPages } from './schedule/letters.controller';
import { PausesPages } from './schedule/pauses.controller';
import { SchedulePages } from './schedule/schedule.controller';
import { TasksController } from './schedule/tasks.controller';
import { RequestListPages } from './schedule/request-list.controller';
import { WindowPages } from './schedule/window.controller';
import { Sessions } from './session/sessions';
import { CurrentSignIn } from './session/current-sign-in';
import { BegunSignIns } from './sign-in/begun-sign-ins';
import { ProviderController } from './sign-in/provider.controller';
import { SignInController } from './sign-in/sign-in.controller';
import { SignedInController } from './sign-in/signed-in.controller';
import { StatementsController } from './statements/statements.controller';
import { ticketModule } from './ticket/ticket.module';

/** The wizard from the request to the ticket, a page a step. */
const booking = [
  CheckStepController,
  CodeStepController,
  ContactStepController,
  HourStepController,
  ModeStepController,
  RequestStepController,
];
/** Tasks, own time and the 30-day view. */
const schedule = [
  AbsencePages,
  CalendarPages,
  DeparturePages,
  DeputiesPages,
  HoursPages,
  LettersPages,
  PausesPages,
  SchedulePages,
  TasksController,
  RequestListPages,
  WindowPages,
];
/** Requests, and imports with their reports. */
const registry = [RegistryPagesController, RequestCardController, RequestFormsController, RequestImportController, StaffImportController];
const areas = [administrationModule, auditModule, counterModule, ticketModule];

/** Every controller of pages. */
export const pages = [
  ...areas.flatMap(({ controllers }) => controllers),
  ...booking,
  // „Programări Webex”: the card of a meeting and what is done with it; the calendar
  CardController,
  OfferController,
  MeetingsController,
  ...schedule,
  ...registry,
  FiguresController,
  HomeController,
  LanguageController,
  MailboxController,
  ProcedureController,
  ProviderController,
  SignInController,
  SignedInController,
  StatementsController,
];
everyRouteHasARule(pages, { guard: PageGuard, rule: accessMetadata });
everyFormSaysWhatItKeeps(pages);

/** The pages stand on a server that was not prepared for them: it knows no cookies and reads no forms. */
export class ServerUnequipped extends SaidError {
  override readonly name = 'ServerUnequipped';
  constructor() {
    super(inBoth.unusable.server);
  }
}

/** The pages: for citizens, civil servants, auditors, managers, the registry and administrators. */
@Module({
  controllers: [...pages, AssetsController, WellKnownController],
  providers: [
    ...areas.flatMap(({ providers }) => providers),
    Sessions,
    CurrentSignIn,
    BegunSignIns,
    PageService,
    PageInterceptor,
    FormDrafts,
    FormKeeping,
    ProblemPages,
    HourService,
    ActService,
    CalendarService,
    BookingService,
    ContactStep,
    HourStep,
    ImportPages,
    StoredReports,
  ],
  exports: [Sessions, PageService, ProblemPages],
})
export class WebModule implements OnModuleInit {
  /** `httpAdapter`: none in a context without a server */
  constructor(@Inject(HttpAdapterHost) private readonly host: Partial<HttpAdapterHost>) {}

  /** @throws ServerUnequipped before any request is answered */
  onModuleInit(): void {
    const server: FastifyInstance | undefined = this.host.httpAdapter?.getInstance();
    if (server?.hasReplyDecorator('setCookie') === false) throw new ServerUnequipped();
  }
}
