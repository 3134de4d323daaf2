import { Injectable } from '@nestjs/common';
import { id as anId, Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { decodeCursor, toPage, type Caller, type Page, type PageQuery } from '@muster/platform';
import { restorePointDto, type RestorePointDto } from './restore-point.dto.js';
import { RestorePointRepository } from './restore-point.repository.js';

@Injectable()
export class RestorePointsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly points: RestorePointRepository,
  ) {}

  /** The newest first. */
  async list(caller: Caller, { limit, cursor }: PageQuery): Promise<Page<RestorePointDto>> {
    const before = cursor === undefined ? undefined : beforeOf(cursor);
    const points = await this.uow.run(caller, (manager) => this.points.list(manager, limit + 1, before));
    return toPage(points.map(restorePointDto), limit, ({ id }) => [id]);
  }

  /** @throws Problem restore_point_not_found, also for a point of another company */
  async get(caller: Caller, id: string): Promise<RestorePointDto> {
    const point = anId.safeParse(id).success
      ? await this.uow.run(caller, (manager) => this.points.find(manager, id))
      : null;
    if (!point) throw new Problem('restore_point_not_found');
    return restorePointDto(point);
  }
}

function beforeOf(cursor: string): Id {
  const before = anId.safeParse(decodeCursor(cursor, 1)[0]);
  if (!before.success) throw new Problem('invalid_cursor');
  return before.data;
}
