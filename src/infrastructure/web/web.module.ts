import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { everyRouteHasARule } from '../api/access/every-route-has-a-rule';
import { pageAccessMetadata } from './access/page-access-metadata';
import { PageGuard } from './access/page-guard';
import { administrationModule } from './administration/administration.module';
import { AssetsController } from './assets/assets.controller';
import { WellKnownController } from './assets/well-known.controller';
import { auditModule } from './audit/audit.module';
import { bookingModule } from './booking/booking.module';
import { FiguresController } from './figures/figures.controller';
import { FormService } from './forms/form-service';
import { FormDrafts } from './forms/form-drafts';
import { FormKeeping } from './forms/form-keeping';
import { everyFormSaysWhatItKeeps } from './forms/stored-form';
import { HomeController } from './home/home.controller';
import { HourService } from './hours/hour-service';
import { LanguageController } from './language/language.controller';
import { MailboxController } from './mailbox/mailbox.controller';
import { meetingsModule } from './meetings/meetings.module';
import { scheduleModule } from './schedule/schedule.module';
import { PageService } from './page/page-service';
import { PageInterceptor } from './page/page-interceptor';
import { ProblemPages } from './problems/problem-pages';
import { ProcedureController } from './procedure/procedure.controller';
import { registryModule } from './registry/registry.module';
import { Sessions } from './session/sessions';
import { CurrentSignIn } from './session/current-sign-in';
import { BegunSignIns } from './sign-in/begun-sign-ins';
import { ProviderController } from './sign-in/provider.controller';
import { SignInController } from './sign-in/sign-in.controller';
import { StatementsController } from './statements/statements.controller';
import { ticketModule } from './ticket/ticket.module';

const areas = [administrationModule, auditModule, bookingModule, meetingsModule, scheduleModule, registryModule, ticketModule];

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

/** The pages stand on a server that was not prepared for them: it knows no cookies and reads no forms. */
export class ServerUnequipped extends Error {
  override readonly name = 'ServerUnequipped';
  constructor() {
    super(
      'Paginile cer un server pregătit: chemați await equipAll(app) înainte de app.init() sau app.listen(). / ' +
        'The pages need a server that is prepared for them: call await equipAll(app) before app.init() or app.listen().',
    );
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
    FormService,
    FormDrafts,
    FormKeeping,
    ProblemPages,
    HourService,
  ],
  exports: [Sessions, PageService, FormService, ProblemPages],
})
export class WebModule implements OnModuleInit {
  /** `httpAdapter`: none in a context without a server */
  constructor(@Inject(HttpAdapterHost) private readonly host: Partial<HttpAdapterHost>) {}

  /** @throws ServerUnequipped before anybody is answered */
  onModuleInit(): void {
    const server: FastifyInstance | undefined = this.host.httpAdapter?.getInstance();
    if (server?.hasReplyDecorator('setCookie') === false) throw new ServerUnequipped();
  }
}
