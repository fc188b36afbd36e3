import { HttpCode, HttpStatus, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal } from '../../../domain/kernel/refusal';
import { importLines, type ImportKind } from '../../outside/document-system/import/import-lines';
import { requestImport, staffImport } from '../../outside/document-system/import/kinds';
import { portsToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { contextOf } from '../access/viewer';
import { Api, Operation } from '../api-decorator';
import { ImportAnswer } from '../dto/answers';
import { HttpProblem, problemOfRefusal } from '../problem/problem';
import { localeOf } from '../problem/language';

/** Files of the document register and of the staff list, read as they come in. */
@Api('', 'Registry')
export class ImportsController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Post('requests/import')
  @HttpCode(HttpStatus.OK)
  @Access('request.register')
  @ApiConsumes('text/csv', 'application/x-ndjson')
  @ApiBody({ schema: { type: 'string' } })
  @Operation('Registered requests and their answers; good lines go in, the report names the others', { 200: ImportAnswer })
  importRequests(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#take(request, reply, requestImport);
  }

  @Post('staff/import')
  @HttpCode(HttpStatus.OK)
  @Access('staff.administer')
  @ApiConsumes('text/csv', 'application/x-ndjson')
  @ApiBody({ schema: { type: 'string' } })
  @Operation('Civil servants; good lines go in, the report names the others', { 200: ImportAnswer })
  importStaff(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#take(request, reply, staffImport);
  }

  async #take<L extends object>(request: FastifyRequest, reply: FastifyReply, kind: ImportKind<L>): Promise<void> {
    const { body: input } = request;
    if (!(input instanceof Readable)) throw new HttpProblem({ code: 'unsupported-media-type' });
    const context = contextOf(request, this.ports);
    const format = request.headers['content-type']?.startsWith('text/csv') === true ? 'csv' : 'ndjson';
    const outcome = await importLines(this.ports, context, kind, { format, input });
    if (isRefusal(outcome)) throw new HttpProblem(problemOfRefusal(outcome));
    const { position, faults, ...report } = outcome;
    const locale = localeOf(request.headers['accept-language']);
    if (position !== '') void reply.header('Tichet-Position', position);
    void reply.code(200).send({ ...report, faults: faults.map(({ message, ...fault }) => ({ ...fault, message: message[locale] })) });
  }
}
