import { Injectable } from '@nestjs/common';
import { isId, Problem } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, toPage, type Caller, type Page, type PageQuery } from '@muster/platform';
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
    const before = decodeIdCursor(cursor);
    const points = await this.uow.run(caller, (manager) => this.points.list(manager, limit + 1, before));
    return toPage(points.map(restorePointDto), limit, ({ id }) => [id]);
  }

  /** @throws Problem restore_point_not_found, also for a point of another company */
  async get(caller: Caller, id: string): Promise<RestorePointDto> {
    const point = isId(id) ? await this.uow.run(caller, (manager) => this.points.find(manager, id)) : null;
    if (!point) throw new Problem('restore_point_not_found');
    return restorePointDto(point);
  }
}
