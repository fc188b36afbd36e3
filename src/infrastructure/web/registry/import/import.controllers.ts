import { Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ForOfficials, Pages } from '../../access/page-access';
import { ImportPages } from './import-pages';
import type { Answer } from '../../page/answer';
import { KeepsNothing } from '../../forms/stored-form';

/** Files of the document register. */
@Pages('registratura/import')
export class RequestImportController {
  constructor(private readonly imports: ImportPages) {}

  @Get()
  @ForOfficials('request.register')
  form(@Req() request: FastifyRequest): Promise<Answer> {
    return this.imports.form(request, 'requests');
  }

  @Post()
  @KeepsNothing('file')
  @ForOfficials('request.register')
  take(@Req() request: FastifyRequest): Promise<Answer> {
    return this.imports.take(request, 'requests');
  }

  @Get(':id')
  @ForOfficials('request.register')
  report(@Req() request: FastifyRequest, @Param('id') id: string, @Query('pagina') asked: unknown): Promise<Answer> {
    return this.imports.report(request, 'requests', id, asked);
  }

  @Get(':id/greseli.csv')
  @ForOfficials('request.register')
  faults(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.imports.faults(request, 'requests', id);
  }
}

/** Lists of civil servants. */
@Pages('administrare/functionari/import')
export class StaffImportController {
  constructor(private readonly imports: ImportPages) {}

  @Get()
  @ForOfficials('staff.administer')
  form(@Req() request: FastifyRequest): Promise<Answer> {
    return this.imports.form(request, 'staff');
  }

  @Post()
  @KeepsNothing('file')
  @ForOfficials('staff.administer')
  take(@Req() request: FastifyRequest): Promise<Answer> {
    return this.imports.take(request, 'staff');
  }

  @Get(':id')
  @ForOfficials('staff.administer')
  report(@Req() request: FastifyRequest, @Param('id') id: string, @Query('pagina') asked: unknown): Promise<Answer> {
    return this.imports.report(request, 'staff', id, asked);
  }

  @Get(':id/greseli.csv')
  @ForOfficials('staff.administer')
  faults(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.imports.faults(request, 'staff', id);
  }
}
