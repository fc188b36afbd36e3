import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DutiesQuery as Asked, ListDuties } from '../../../application/reports/list-duties';
import { defined } from '@tichet-albastru/kernel/defined';
import { daysOfDue } from '../../../domain/time/civil-time';
import { Access } from '../access/access-decorator';
import { departmentIn } from '../access/viewer';
import { Api, Operation } from '../api-decorator';
import { QueryService } from '../commands/query-service';
import { DutiesAnswer, DutiesListQuery } from '../dto/duties';
import { answerFile, fileTypes, formatOf } from '../file-answers';
import { dutiesFile } from '../files-of-lists';

/** Who owes what, by when (Art. 3 to 8). */
@Api('duties', 'Reading')
export class DutiesController {
  constructor(private readonly reads: QueryService) {}

  @Get()
  @Access('duties.read')
  @Operation(
    'Who owes what, by which article, by when (`targetAt`, `limitAt`): met, missed or open. A head sees their own department. A file of all that was asked for, without pages, by `Accept: text/csv` or `format`',
    { 200: { json: DutiesAnswer, text: fileTypes } },
  )
  async listDuties(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() { ...query }: DutiesListQuery): Promise<void> {
    const { department, from, to, limit, cursor, format, ...asked } = query;
    const scope: Asked = {
      ...asked,
      ...daysOfDue({ from, to }),
      ...defined({ departmentCode: departmentIn(request, 'duties.read', department) }),
    };
    const form = formatOf(request, format);
    if (form !== 'json') return answerFile(request, reply, form, dutiesFile(this.reads, scope));
    const page = await this.reads.ask(ListDuties, { ...scope, ...defined({ limit, cursor }) });
    void reply.header('Cache-Control', 'no-store').header('Vary', 'Accept, Accept-Language').send(page);
  }
}
