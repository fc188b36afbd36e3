import { Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { retryEffectsFor, retryLetterFor } from '../../../application/operation/retry-letter';
import { type EffectGroup, effectStates } from '../../../application/operation/waiting-effects';
import { enableWebhookFor } from '../../../application/operation/webhooks';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Locale } from '../../../domain/ticket/facts';
import { formOf } from '../../api/body/form';
import { officialOf } from '../../api/access/viewer';
import { LiveStreams } from '../../api/live-streams';
import { answered, HttpProblem } from '../../api/problem/problem';
import { ServiceWatch, tellServiceChanges } from '../../api/service-live';
import type { OpenedPorts } from '../../nest/provided';
import { ServiceStatus } from '../../nest/service-status';
import { Tables } from '../../nest/tables';
import { openedToken, portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { ForOfficials, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, seeOther, view } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { type QueryParameters, queryParametersOf } from '../page/query-parameters';
import { ServicePage } from './service-page';
import { servicePath } from './service-parts';

/** The counts in the address after rows were tried again together, and what each says. */
const retriedIn = (parameter: QueryParameters, locale: Locale): string | undefined => {
  if (parameter('facut') !== 'reincercate') return undefined;
  const words = sentences[locale].administration.service.parked;
  const count = (name: string): number => (/^\d{1,7}$/.test(parameter(name)) ? Number(parameter(name)) : 0);
  const [still, rebuild, left] = [count('tot'), count('reconstruire'), count('ramase')];
  return [
    words.retried({ applied: count('aplicate') }),
    ...(still > 0 ? [words.still({ still })] : []),
    ...(rebuild > 0 ? [words.needsRebuild({ count: rebuild })] : []),
    ...(left > 0 ? [words.left({ count: left })] : []),
  ].join(' ');
};

const groupIn = (form: ReturnType<typeof formOf>): EffectGroup => {
  const asked = form.text('stare');
  const state = effectStates.find((known) => known === asked);
  if (state === undefined) throw new HttpProblem({ code: 'invalid' });
  return { process: form.text('proces'), state, ...defined({ error: form.optional('eroare') }) };
};

/** The operator's view: how far everything that follows the log is, and what may be done about it. */
@Pages('administrare/serviciu')
export class ServicePagesController {
  readonly #watch: ServiceWatch;

  constructor(
    private readonly status: ServiceStatus,
    private readonly tables: Tables,
    private readonly streams: LiveStreams,
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {
    this.#watch = new ServiceWatch(status, ports.readModels);
  }

  @Get()
  @ForOfficials('operations.read')
  async show(@Req() request: FastifyRequest, @Query() query: unknown): Promise<Answer> {
    const said = retriedIn(queryParametersOf(query), localeOfPage(request));
    return view(<ServicePage shown={await this.status.look()} said={said} />);
  }

  /** Tells that something is another, and nothing of what: the page is fetched again. */
  @Get('live')
  @ForOfficials('operations.read')
  live(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query('de') since: unknown): Promise<void> {
    const shown = typeof since === 'string' ? since : undefined;
    return tellServiceChanges(this.#watch, this.streams, request, reply, shown);
  }

  @Post('tabele/:name/reconstruire')
  @KeepsNothing('nothing-typed')
  @ForOfficials('tables.rebuild')
  async rebuild(@Req() request: FastifyRequest, @Param('name') name: string): Promise<Answer> {
    const outcome = answered(await this.status.rebuildFor(officialOf(request), name));
    if (outcome === 'not-found') throw new HttpProblem({ code: 'not-found' });
    return seeOther(`${servicePath}?facut=${outcome === 'asked' ? 'reconstruire' : 'deja'}`);
  }

  /** No command: it changes no fact, and trying twice is trying twice. */
  @Post('oprite/reincercare')
  @KeepsNothing('nothing-typed')
  @ForOfficials('parked.settle')
  async retryParked(@Req() request: FastifyRequest): Promise<Answer> {
    const form = formOf(request);
    const choice = defined({ projection: form.optional('tabel'), error: form.optional('eroare') });
    const { applied, still, needsRebuild, left } = answered(await this.tables.retryAllFor(officialOf(request), choice));
    return seeOther(`${servicePath}?facut=reincercate&aplicate=${applied}&tot=${still}&reconstruire=${needsRebuild}&ramase=${left}`);
  }

  /** One letter, or what one process has not ended for the same reason, letters or not. */
  @Post('scrisori/reincercare')
  @KeepsNothing('nothing-typed')
  @ForOfficials('letters.try-again')
  async retryLetters(@Req() request: FastifyRequest): Promise<Answer> {
    const [form, asker] = [formOf(request), officialOf(request)];
    const one = form.optional('scrisoare');
    const { again, underWay } = answered(
      one === undefined ? await retryEffectsFor(asker, this.ports, groupIn(form)) : await retryLetterFor(asker, this.ports, one),
    );
    return seeOther(`${servicePath}?facut=${again > 0 ? 'cerute' : underWay > 0 ? 'pornite' : 'nimic'}`);
  }

  @Post('raportare/:name/umplere')
  @KeepsNothing('nothing-typed')
  @ForOfficials('tables.rebuild')
  async fillReporting(@Req() request: FastifyRequest, @Param('name') name: string): Promise<Answer> {
    if (answered(await this.status.fillReportingFor(officialOf(request), name)) === 'not-found')
      throw new HttpProblem({ code: 'not-found' });
    return seeOther(`${servicePath}?facut=umplere`);
  }

  @Post('raportare/:name/reincercare')
  @KeepsNothing('nothing-typed')
  @ForOfficials('parked.settle')
  async retryReporting(@Req() request: FastifyRequest, @Param('name') name: string): Promise<Answer> {
    const rows = answered(await this.status.retryReportingFor(officialOf(request), name));
    if (rows === 'not-found') throw new HttpProblem({ code: 'not-found' });
    return seeOther(`${servicePath}?facut=${rows > 0 ? 'intrebate' : 'nimic'}`);
  }

  @Post('abonamente/:name/repornire')
  @KeepsNothing('nothing-typed')
  @ForOfficials('webhooks.settle')
  async enable(@Req() request: FastifyRequest, @Param('name') name: string): Promise<Answer> {
    const outcome = answered(await enableWebhookFor(officialOf(request), this.ports, this.opened.eventTargets, name));
    if (outcome === 'not-found') throw new HttpProblem({ code: 'not-found' });
    return seeOther(`${servicePath}?facut=${outcome === 'enabled' ? 'repornit' : 'nimic'}`);
  }
}
