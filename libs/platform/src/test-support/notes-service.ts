import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Injectable,
  Module,
  Param,
  Post,
  Query,
  Res,
  Sse,
  type MessageEvent,
} from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import type { Response } from 'express';
import { concat, NEVER, of, type Observable } from 'rxjs';
import type { EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { isId, Problem, type Id } from '@muster/contracts';
import { createMessagingTables, MESSAGING_ENTITIES } from '@muster/messaging';
import { createCompanyDeletion, fenceByCompany, newId, UnitOfWork } from '@muster/persistence';
import {
  Allow,
  checkVersion,
  createIdempotencyTable,
  CurrentCaller,
  decodeIdCursor,
  withEtag,
  IDEMPOTENCY_ENTITIES,
  Idempotent,
  IfMatch,
  pageOf,
  PageQuery,
  Problems,
  Public,
  toPage,
  type Caller,
  type Page,
  type ServiceDefinition,
} from '../index.js';

/** What tests hold handlers up with. */
export class Gate {
  entered = 0;
  wait: Promise<void> = Promise.resolve();
}

class Foundation1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `create table "note" (id uuid not null, company_id uuid not null, text text not null, constraint "PK_note" primary key (id))`,
      ...fenceByCompany('notification', 'note'),
      ...createMessagingTables('notification'),
      ...createIdempotencyTable('notification'),
      ...createCompanyDeletion('notification'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has nothing to go back to');
  }
}

class NewNoteDto {
  @IsString()
  @MaxLength(20)
  text!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  priority?: number;
}

class NoteDto {
  id!: string;
  text!: string;
}

const find = async (manager: EntityManager, noteId: Id): Promise<NoteDto> => {
  if (!isId(noteId)) throw new Problem('notification_not_found');
  const [note] = await manager.query<NoteDto[]>(`select id, text from note where id = $1`, [noteId]);
  if (!note) throw new Problem('notification_not_found');
  return note;
};

@Injectable()
class Notes {
  constructor(private readonly uow: UnitOfWork) {}

  create(caller: Caller, text: string): Promise<NoteDto> {
    return this.uow.run(caller, async (manager) => {
      const note = { id: newId(), text };
      await manager.query(`insert into note (id, company_id, text) values ($1, $2, $3)`, [
        note.id,
        caller.companyId,
        text,
      ]);
      if (text === 'boom') throw new Error('written, then failed');
      return note;
    });
  }

  get(caller: Caller, noteId: Id): Promise<NoteDto> {
    return this.uow.run(caller, (manager) => find(manager, noteId));
  }

  list(caller: Caller, { limit, cursor }: PageQuery): Promise<Page<NoteDto>> {
    const after = decodeIdCursor(cursor) ?? null;
    return this.uow.run(caller, async (manager) => {
      const rows = await manager.query<NoteDto[]>(
        `select id, text from note where $1::uuid is null or id > $1 order by id limit $2`,
        [after, limit + 1],
      );
      return toPage(rows, limit, ({ id }) => [id]);
    });
  }
}

@Controller('v1/notifications')
class NotesController {
  constructor(
    private readonly notes: Notes,
    @Inject(Gate) private readonly gate: Gate,
  ) {}

  @Post('notes')
  @Idempotent()
  @Allow({ roles: ['administrator'], scope: 'notes:write' })
  async createNote(
    @CurrentCaller() caller: Caller,
    @Body() { text }: NewNoteDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoteDto> {
    this.gate.entered += 1;
    await this.gate.wait;
    const note = await this.notes.create(caller, text);
    response.location(`/v1/notifications/notes/${note.id}`);
    return note;
  }

  @Get('notes')
  @Allow({ roles: ['administrator', 'user'] })
  @ApiOkResponse({ type: pageOf(NoteDto) })
  listNotes(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<NoteDto>> {
    return this.notes.list(caller, query);
  }

  @Get('notes/:id')
  @Allow({ roles: ['administrator', 'user'] })
  @Problems('notification_not_found')
  getNote(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<NoteDto> {
    return this.notes.get(caller, id);
  }

  @Get('me')
  @Allow({ roles: ['administrator', 'supervisor', 'user', 'operator'], scope: 'notes:read' })
  whoAmI(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }

  @Post('checked')
  @HttpCode(200)
  @Allow({ roles: ['user'] })
  checkNote(@IfMatch() version: number | undefined, @Res({ passthrough: true }) response: Response): object {
    checkVersion(version, 3);
    return withEtag(response, { version: 3, body: {} });
  }

  @Post('form')
  @Public()
  submitForm(@Body() { text }: NewNoteDto): object {
    return { text };
  }

  @Sse('ticks')
  @Public()
  watchTicks(): Observable<MessageEvent> {
    return concat(of({ data: 'tick' }), NEVER);
  }

  @Sse('own-ticks')
  @Allow({ roles: ['user'] })
  watchOwnTicks(): Observable<MessageEvent> {
    return this.watchTicks();
  }

  @Get('bug')
  @Public()
  showBug(): never {
    throw new TypeError('the secret reason');
  }
}

/** A small service for tests of the platform; it goes by the name of one that there is. */
export function notesService(gate: Gate): ServiceDefinition {
  @Module({ controllers: [NotesController], providers: [Notes, { provide: Gate, useValue: gate }] })
  class NotesModule {}
  return {
    name: 'notification',
    title: 'Notes',
    description: 'Notes, for tests.',
    database: {
      service: 'notification',
      entities: [...MESSAGING_ENTITIES, ...IDEMPOTENCY_ENTITIES],
      migrations: [Foundation1764000000000],
    },
    module: () => NotesModule,
  };
}
