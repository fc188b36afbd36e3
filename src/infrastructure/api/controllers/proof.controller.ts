import { Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { portsToken } from '../../nest/tokens';
import { LogNotAsSealed } from '../../proof/seal/log-not-as-sealed';
import { type Proved, ticketProof } from '../../proof/ticket-proof';
import { ticketProofText } from '../../proof/verify/read-ticket-proof';
import { unprovedWords } from '../../proof/verify/unproved-words';
import { Access } from '../access/access-decorator';
import { Api } from '../api-decorator';
import { TicketPath } from '../dto/paths';
import { HttpProblem, problemOfRefusal } from '../problem/problem';

/** A checkpoint comes within so many. */
const secondsToTheNext = 60;

/** The question is in order; what it asks for is not there, and why is said. */
const unproved = (why: Exclude<Proved, { readonly kind: 'proved' }>): HttpProblem =>
  new HttpProblem({
    code: 'wrong-state',
    detail: unprovedWords(why),
    ...(why.kind === 'not-yet' ? { retryAfterSeconds: secondsToTheNext } : {}),
  });

/** What an auditor takes along to see, far from here, that nothing was changed. */
@Api('audit', 'Reading')
export class ProofController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Get('tickets/:id/proof')
  @Access('audit.read')
  @ApiOperation({ summary: 'The proof of one ticket as a file, for `tichet verify` and `tools/verify_ticket.py`; personal data sealed' })
  @ApiOkResponse()
  @ApiConflictResponse({ description: 'Nothing of it is sealed yet (a checkpoint comes within a minute), or it is not what was sealed' })
  async proof(@Res() reply: FastifyReply, @Param() { id }: TicketPath): Promise<void> {
    const proved = await ticketProof(this.ports, id);
    if (isRefusal(proved)) throw new HttpProblem(problemOfRefusal(proved));
    if (proved.kind !== 'proved') throw unproved(proved);
    void reply
      .headers({
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Disposition': `attachment; filename="${id}-proof.json"`,
      })
      .send(ticketProofText(proved.proof));
  }

  @Get('checkpoint')
  @Access('audit.read')
  @ApiOperation({ summary: 'The newest signed checkpoint of the log; the note itself by `Accept: text/plain`' })
  @ApiProduces('application/json', 'text/plain')
  @ApiOkResponse()
  @ApiConflictResponse({ description: 'There is none yet, or it is not ours' })
  async checkpoint(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { size, root, note, verifier, witnessed } = await this.#newest();
    void reply.headers({ 'Cache-Control': 'no-store', Vary: 'Accept' });
    if (/\btext\/plain\b/.test(request.headers.accept ?? '')) {
      void reply.header('Content-Type', 'text/plain; charset=utf-8').send(note);
      return;
    }
    void reply.send({ size, root, note, verifier, ...defined({ witnessed }) });
  }

  async #newest() {
    const { seal } = this.ports;
    if (seal === undefined) throw unproved({ kind: 'not-sealed' });
    try {
      const [newest, witnessed] = [await seal.checkpoint(), await seal.witnessed()];
      if (newest !== undefined) return { ...newest, verifier: seal.verifier, witnessed };
    } catch (error) {
      if (error instanceof LogNotAsSealed) throw unproved({ kind: 'unreadable' });
      throw error;
    }
    throw unproved({ kind: 'not-yet' });
  }
}
