import { Module } from '@nestjs/common';
import { everyRouteHasARule } from '../api/access/every-route-has-a-rule';
import { pageAccessMetadata } from './access/page-access-metadata';
import { PageGuard } from './access/page-guard';
import { administrationArea } from './administration/administration.area';
import { AssetsController } from './assets/assets.controller';
import { WellKnownController } from './assets/well-known.controller';
import { auditArea } from './audit/audit.area';
import { bookingArea } from './booking/booking.area';
import { FiguresController } from './figures/figures.controller';
import { FormDesk } from './forms/form-desk';
import { FormDrafts } from './forms/form-drafts';
import { FormKeeping } from './forms/form-keeping';
import { everyFormSaysWhatItKeeps } from './forms/kept-form';
import { HomeController } from './home/home.controller';
import { HourDesk } from './hours/hour-desk';
import { LanguageController } from './language/language.controller';
import { MailboxController } from './mailbox/mailbox.controller';
import { meetingsArea } from './meetings/meetings.area';
import { officeArea } from './office/office.area';
import { PageDesk } from './page/page-desk';
import { PageInterceptor } from './page/page-interceptor';
import { ProblemPages } from './problems/problem-pages';
import { ProcedureController } from './procedure/procedure.controller';
import { registryArea } from './registry/registry.area';
import { Sessions } from './session/sessions';
import { StandingSignIn } from './session/standing-sign-in';
import { BegunSignIns } from './sign-in/begun-sign-ins';
import { ProviderController } from './sign-in/provider.controller';
import { SignInController } from './sign-in/sign-in.controller';
import { StatementsController } from './statements/statements.controller';
import { ticketArea } from './ticket/ticket.area';

const areas = [administrationArea, auditArea, bookingArea, meetingsArea, officeArea, registryArea, ticketArea];

/** Every controller of pages. */
export const pages = [
  ...areas.flatMap(({ controllers }) => controllers),
  FiguresController,
  HomeController,
  LanguageController,
  MailboxController,
  ProcedureController,
  ProviderController,
  SignInController,
  StatementsController,
];
everyRouteHasARule(pages, { guard: PageGuard, rule: pageAccessMetadata });
everyFormSaysWhatItKeeps(pages);

/** The pages: for citizens, civil servants, auditors, managers, the registry and administrators. */
@Module({
  controllers: [...pages, AssetsController, WellKnownController],
  providers: [
    ...areas.flatMap(({ providers }) => providers),
    Sessions,
    StandingSignIn,
    BegunSignIns,
    PageDesk,
    PageInterceptor,
    FormDesk,
    FormDrafts,
    FormKeeping,
    ProblemPages,
    HourDesk,
  ],
  exports: [Sessions, PageDesk, FormDesk, ProblemPages],
})
export class WebModule {}
