import { Get, HttpStatus, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { noteTextReport } from '../../../application/booking/text-messages';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import { ForEverybody } from '../access/access-decorator';
import { Api, Operation } from '../api-decorator';
import { TextReportPath } from '../dto/paths';
import { TextReportQuery } from '../dto/staff';
import { HttpProblem } from '../problem/problem';

/** What Kannel puts into the place of `%d`, as a report; `undefined` for what is only on the way. */
export const reportOf = (status: string): 'delivered' | 'undelivered' | undefined => {
  if (status === '1') return 'delivered';
  return status === '2' || status === '16' ? 'undelivered' : undefined;
};

/** Art. 8: the gateway of text messages tells here what became of one. */
@Api('webhooks', 'Webhooks')
export class TextMessagesController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Get('text-messages/:id/:proof')
  @ForEverybody()
  @Operation('Art. 8: a network delivered a text message, or could not; by the address that was given along with it', { 202: 'no-body' }, [
    'unauthenticated',
  ])
  async reportTextMessage(
    @Res() reply: FastifyReply,
    @Param() { id, proof }: TextReportPath,
    @Query() { status }: TextReportQuery,
  ): Promise<void> {
    if (this.ports.textMessages?.isReport(id, proof) !== true) throw new HttpProblem({ code: 'unauthenticated' });
    const report = reportOf(status);
    if (report !== undefined) await noteTextReport(this.ports)(id, report);
    void reply.code(HttpStatus.ACCEPTED).send();
  }
}
