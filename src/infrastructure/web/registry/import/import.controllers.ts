import { Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForOfficials, Pages } from '../../access/page-access';
import { ImportPages } from './import-pages';

/** Files of the document register. */
@Pages('registratura/import')
export class RequestImportController {
  constructor(private readonly imports: ImportPages) {}

  @Get()
  @ForOfficials('request.register')
  form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.imports.form(request, reply, 'requests');
  }

  @Post()
  @ForOfficials('request.register')
  take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.imports.take(request, reply, 'requests');
  }

  @Get(':id')
  @ForOfficials('request.register')
  report(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query('pagina') asked: unknown,
  ): Promise<void> {
    return this.imports.report(request, reply, 'requests', id, asked);
  }

  @Get(':id/greseli.csv')
  @ForOfficials('request.register')
  faults(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.imports.faults(request, reply, 'requests', id);
  }
}

/** Lists of civil servants. */
@Pages('administrare/functionari/import')
export class StaffImportController {
  constructor(private readonly imports: ImportPages) {}

  @Get()
  @ForOfficials('staff.administer')
  form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.imports.form(request, reply, 'staff');
  }

  @Post()
  @ForOfficials('staff.administer')
  take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.imports.take(request, reply, 'staff');
  }

  @Get(':id')
  @ForOfficials('staff.administer')
  report(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query('pagina') asked: unknown,
  ): Promise<void> {
    return this.imports.report(request, reply, 'staff', id, asked);
  }

  @Get(':id/greseli.csv')
  @ForOfficials('staff.administer')
  faults(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.imports.faults(request, reply, 'staff', id);
  }
}
