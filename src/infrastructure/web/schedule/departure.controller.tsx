import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import {
  ArrangeDeparture,
  type DepartureFollowed,
  type DeparturePlan,
  FollowDeparture,
  PlanDeparture,
} from '../../../application/booking/departure-plan';
import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal } from '../../../domain/kernel/refusal';
import { officialOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { DeparturePlanBody } from '../../api/dto/staff';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { longDate } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { faultsOfBody } from '../forms/checked';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { Article } from '../parts/article';
import { type Fault, TextField } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { FollowedMeetings, movesIn, MovesToConfirm } from './moves-parts';
import { type Whose, whoseTime } from './schedule-parts';

const pathOf = (staffId: string): string => `/program/${staffId}/plecare`;

/** Art. 8: who leaves, which meetings they leave behind, and to whom each goes. */
const DeparturePage = ({ whose, plan: { on, meetings } }: { readonly whose: Whose; readonly plan: DeparturePlan }): VNode => {
  const { locale } = usePage();
  const { away, departure: words, changes } = useWords().office;
  const path = pathOf(whose.staffId);
  return (
    <HeadedPage
      title={words.title}
      heading={`${words.title}: ${whose.name}`}
      summary={changes.faulty}
      back={{ href: `/program/${whose.staffId}`, text: away.back }}
      lead={
        <>
          {words.lead({ name: whose.name, when: longDate(on, locale) })} <Article article="8" locale={locale} />
        </>
      }
    >
      {meetings.length === 0 ? (
        <p class="notice">{words.none}</p>
      ) : (
        <TypedForm action={path}>
          <MovesToConfirm name={whose.name} meetings={meetings} lead={words.whereLead}>
            <TextField name="because" label={away.because} hint={words.becauseHint} value={words.becauseUsual} />
          </MovesToConfirm>
          <p class="actions">
            <button>{words.confirm}</button>
          </p>
        </TypedForm>
      )}
      <p>
        <a href={`${path}/intalniri`}>{words.followed}</a>
      </p>
    </HeadedPage>
  );
};

const FollowPage = ({ whose, followed: { on, meetings } }: { readonly whose: Whose; readonly followed: DepartureFollowed }): VNode => {
  const { locale } = usePage();
  const words = useWords().office.departure;
  const lead = words.lead({ name: whose.name, when: longDate(on, locale) });
  return <FollowedMeetings whose={whose} title={words.title} lead={lead} meetings={meetings} />;
};

/** A staff member leaves, or has left (A3): a head gives their meetings to colleagues, in one act. */
@Pages('program/:id/plecare')
export class DeparturePages {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('ticket.reassign', 'staff')
  async plan(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    return this.#show(request, staffId);
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('ticket.reassign', 'staff')
  async arrange(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const form = formOf(request);
    const locale = localeOfPage(request);
    const because = form.text('because');
    const faults =
      because === ''
        ? [{ field: 'because', message: sentences[locale].office.departure.becauseMissing }]
        : faultsOfBody(Object.assign(new DeparturePlanBody(), { because, moves: [] }), locale);
    if (faults.length > 0) return this.#show(request, staffId, faults);
    const confirmed = { staffId, because: 'other', becauseInWords: because, moves: movesIn(form) } as const;
    const outcome = await this.commands.carryOut(request, { useCase: ArrangeDeparture, command: () => confirmed });
    if (isRefusal(outcome)) return this.#show(request, staffId, faultsOf(outcome, locale, 'because'));
    return seeOther(`${pathOf(staffId)}/intalniri?facut=plecare`);
  }

  /** What became of them, and whom an official has to call. */
  @Get('intalniri')
  @ForOfficials('ticket.reassign', 'staff')
  async follow(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const whose = await whoseTime(this.ports, request, staffId);
    return view(<FollowPage whose={whose} followed={await this.reads.ask(FollowDeparture, { staffId })} />);
  }

  async #show(request: FastifyRequest, staffId: string, faults?: readonly Fault[]): Promise<Answer> {
    const whose = await whoseTime(this.ports, request, staffId);
    const plan = await this.reads.ask(PlanDeparture, { staffId, mayHandOn: officialOf(request).role === 'head' });
    return formView(<DeparturePage whose={whose} plan={plan} />, faults);
  }
}
