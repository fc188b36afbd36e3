import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DutiesQuery as Asked, type ListedDuty, ListDuties } from '../../../application/reports/list-duties';
import { defined } from '../../../domain/kernel/defined';
import { startOfDay, startOfNextDay } from '../../../domain/time/civil-time';
import { csvOf } from '../../runtime/csv';
import { Access } from '../access/access-decorator';
import { departmentIn } from '../access/viewer';
import { Api, Operation } from '../api-decorator';
import { QueryService } from '../commands/query-service';
import { DutiesAnswer, DutiesListQuery } from '../dto/duties';

/** In the order of the columns of the file. */
const rowOf = (duty: ListedDuty) => ({
  ticketId: duty.ticketId,
  reference: duty.reference,
  departmentCode: duty.departmentCode,
  startsAt: duty.startsAt,
  dutyId: duty.dutyId,
  kind: duty.kind,
  article: duty.article,
  owedBy: duty.owedBy,
  staffId: duty.staffId,
  since: duty.since,
  targetAt: duty.targetAt ?? null,
  limitAt: duty.limitAt,
  state: duty.state,
  metAt: duty.metAt ?? null,
  overdue: String(duty.overdue),
});

const columns = [
  'ticketId',
  'reference',
  'departmentCode',
  'startsAt',
  'dutyId',
  'kind',
  'article',
  'owedBy',
  'staffId',
  'since',
  'targetAt',
  'limitAt',
  'state',
  'metAt',
  'overdue',
] as const satisfies readonly (keyof ReturnType<typeof rowOf>)[];

/** Who owes what, by when (Art. 3 to 8). */
@Api('duties', 'Reading')
export class DutiesController {
  constructor(private readonly reads: QueryService) {}

  @Get()
  @Access('duties.read')
  @Operation(
    'Who owes what, by which article, by when (`targetAt`, `limitAt`): met, missed or open. A head sees their own department. CSV of all that was asked for, without pages, by `Accept: text/csv`',
    { 200: { json: DutiesAnswer, text: ['text/csv'] } },
  )
  async listDuties(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() { ...query }: DutiesListQuery): Promise<void> {
    const { department, from, to, limit, cursor, ...asked } = query;
    const scope: Asked = {
      ...asked,
      ...defined({
        departmentCode: departmentIn(request, 'duties.read', department),
        from: from === undefined ? undefined : startOfDay(from),
        before: to === undefined ? undefined : startOfNextDay(to),
      }),
    };
    void reply.header('Cache-Control', 'no-store').header('Vary', 'Accept');
    if (!/\btext\/csv\b/.test(request.headers.accept ?? '')) {
      void reply.send(await this.reads.ask(ListDuties, { ...scope, ...defined({ limit, cursor }) }));
      return;
    }
    const rows: ReturnType<typeof rowOf>[] = [];
    let after: string | undefined;
    do {
      const page = await this.reads.ask(ListDuties, { ...scope, limit: rowsTogether, ...defined({ cursor: after }) });
      rows.push(...page.duties.map(rowOf));
      after = page.next;
    } while (after !== undefined);
    void reply.header('Content-Type', 'text/csv; charset=utf-8').send(csvOf(rows, columns));
  }
}

const rowsTogether = 1000;
