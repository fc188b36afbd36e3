import { Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ParkedKey } from '@tichet-albastru/event-log/ports/read-models';
import { type ParkedGroup, parkedGroups } from '../../../application/operation/parked-groups';
import { SkipParked, SkipParkedGroup } from '../../../application/operation/skip-parked';
import { isRefusal } from '../../../domain/kernel/refusal';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { officialOf } from '../../api/access/viewer';
import { answered, HttpProblem } from '../../api/problem/problem';
import { Tables } from '../../nest/tables';
import { sentences } from '../../phrasing/sentences';
import { ReasonBody } from '../../validation/administration';
import { ForOfficials, Pages } from '../access/page-access';
import { readForm } from '../forms/form-fields';
import { KeepsNothing, KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { queryParametersOf } from '../page/query-parameters';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { ParkedPage, placeOf, skipFields, SkipGroupPage, SkipPage } from './parked-page';
import { groupName, parkedRowsPath, placeIn, servicePath } from './service-parts';

/** Says of a group that none of it waits any more. */
const noneLeft = `${servicePath}?facut=nimic`;

/** Rows that wait for a person because an event of theirs could not be applied. */
@Pages('administrare/oprite')
export class ParkedPagesController {
  constructor(
    private readonly commands: CommandService,
    private readonly tables: Tables,
  ) {}

  @Get()
  @ForOfficials('parked.settle')
  async list(@Query() query: unknown): Promise<Answer> {
    const parameter = queryParametersOf(query);
    return view(<ParkedPage items={await this.tables.parked()} place={placeIn(parameter)} />);
  }

  /** No command: it changes no fact, and trying twice is trying twice. */
  @Post(':id/reincercare')
  @KeepsNothing('nothing-typed')
  @ForOfficials('parked.settle')
  async retry(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    const form = formOf(request);
    const place = placeIn((name) => form.optional(name));
    const before = (await this.tables.parked()).find((item) => item.id === id);
    const result = answered(await this.tables.retryFor(officialOf(request), id));
    if (result === 'done' || result === 'not-found') return seeOther(parkedRowsPath(place, result === 'done' ? 'aplicat' : 'altfel'));
    const items = await this.tables.parked();
    // a row that stopped at another event, or with another error, has another number: the list that now holds it is shown
    const again = items.find(({ projection, key }) => projection === before?.projection && key === before.key);
    const { still } = sentences[localeOfPage(request)].administration.parked;
    return formView(<ParkedPage items={items} place={placeOf(items, place, again)} />, [
      { field: `oprit-${again?.id ?? ''}`, message: still[result] },
    ]);
  }

  @Get('grup/:group/omitere')
  @ForOfficials('parked.settle')
  async skipGroupForm(@Param('group') name: string): Promise<Answer> {
    const group = await this.#group(name);
    if (group === undefined) throw new HttpProblem({ code: 'not-found' });
    return view(<SkipGroupPage group={group} />);
  }

  @Post('grup/:group/omitere')
  @KeepsTyped()
  @ForOfficials('parked.settle')
  async skipGroup(@Req() request: FastifyRequest, @Param('group') name: string, @Query() query: unknown): Promise<Answer> {
    const [group, upTo, locale] = [await this.#group(name), queryParametersOf(query)('pana'), localeOfPage(request)];
    // the second of two clicks finds none of them, and so does an operator who comes after another
    if (group === undefined) return seeOther(noneLeft);
    const words = sentences[locale].administration.parked;
    const { value, faults } = readForm(ReasonBody, skipFields(words), formOf(request), locale);
    const again = async (...wrong: readonly Fault[]): Promise<Answer> => {
      const now = await this.#group(name);
      return now === undefined ? seeOther(noneLeft) : formView(<SkipGroupPage group={now} />, wrong);
    };
    if (faults.length > 0) return again(...faults);
    const command = { projection: group.projection, error: group.error, upTo, reason: value.reason };
    const outcome = await this.commands.carryOut(request, { useCase: SkipParkedGroup, command: () => command });
    if (!isRefusal(outcome)) return seeOther(`${servicePath}?facut=omise`);
    if (outcome.code === 'not-found') return seeOther(noneLeft);
    return again(
      ...(outcome.code === 'precondition-failed' ? [{ field: 'randuri', message: words.more }] : faultsOf(outcome, locale, 'reason')),
    );
  }

  @Get(':id/omitere')
  @ForOfficials('parked.settle')
  async skipForm(@Param('id') id: string, @Query() query: unknown): Promise<Answer> {
    const item = await this.#item(id);
    if (item === undefined) throw new HttpProblem({ code: 'not-found' });
    return view(<SkipPage item={item} place={placeIn(queryParametersOf(query))} />);
  }

  @Post(':id/omitere')
  @KeepsTyped()
  @ForOfficials('parked.settle')
  async skip(@Req() request: FastifyRequest, @Param('id') id: string, @Query() query: unknown): Promise<Answer> {
    const place = placeIn(queryParametersOf(query));
    const locale = localeOfPage(request);
    const { value, faults } = readForm(ReasonBody, skipFields(sentences[locale].administration.parked), formOf(request), locale);
    const again = async (wrong: readonly Fault[]): Promise<Answer> => {
      const item = await this.#item(id);
      // the second of two clicks finds it gone, and so does an operator who comes after another
      return item === undefined ? seeOther(parkedRowsPath(place, 'altfel')) : formView(<SkipPage item={item} place={place} />, wrong);
    };
    if (faults.length > 0) return again(faults);
    const { reason } = value;
    const outcome = await this.commands.carryOut(request, { useCase: SkipParked, command: () => ({ id, reason }) });
    if (!isRefusal(outcome)) return seeOther(parkedRowsPath(place, 'omis'));
    return again(faultsOf(outcome, locale, 'reason'));
  }

  async #group(name: string): Promise<ParkedGroup | undefined> {
    return parkedGroups(await this.tables.parked()).find((group) => groupName(group) === name);
  }

  async #item(id: string): Promise<ParkedKey | undefined> {
    return (await this.tables.parked()).find((one) => one.id === id);
  }
}
