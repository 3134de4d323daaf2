import type { IncomingMessage } from 'node:http';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Problem, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { Idempotency, RequestValidationPipe, type Caller } from '@muster/platform';
import type { FileKey } from '../files/file-store.js';
import { openAsConfigured } from '../imports/open-as-configured.js';
import { PartRepository } from '../parts/part.repository.js';
import { CompanyProfile } from './company-profile.js';
import { requireKnown, type FormFields } from './form-fields.js';
import { formFingerprint } from './form-fingerprint.js';
import { readMultipart } from './multipart.js';
import { SourceOverridesDto } from './source-overrides.dto.js';
import { recognisedSource, uploadDto, type UploadDto, type UploadPreviewDto } from './upload.dto.js';
import type { Upload } from './upload.entity.js';
import type { SourceOverrides } from './source-settings.js';
import { UploadReader } from './upload-reader.js';
import { UploadRepository } from './upload.repository.js';

const PREVIEW_ROWS = 20;

const OVERRIDES = ['encoding', 'delimiter', 'sheet', 'headerRow'] as const satisfies (keyof SourceOverridesDto)[];

const validation = new RequestValidationPipe();

/** A file that has been taken in and checked, with the other parts of its form; not yet in the database. */
export interface AcceptedUpload {
  readonly upload: Upload;
  readonly fields: FormFields;
}

@Injectable()
export class UploadsService implements OnApplicationBootstrap {
  private readonly logger = new Logger('uploads');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly uploads: UploadRepository,
    private readonly parts: PartRepository,
    private readonly reader: UploadReader,
    private readonly companies: CompanyProfile,
    private readonly idempotency: Idempotency,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.reader
      .removeLeftovers(new Date())
      .catch((err: unknown) => this.logger.warn({ err, msg: 'Leftovers of uploads could not be removed; next time' }));
  }

  async create(caller: Caller, request: IncomingMessage, idempotencyKey: string | undefined): Promise<UploadDto> {
    const { upload, fields } = await this.accept(caller, request);
    return this.keepFileIfKept(upload, () =>
      this.idempotency.run(caller, idempotencyKey, formFingerprint(upload, fields), () =>
        this.uow.run(caller, async (manager) => {
          const earlier = await this.uploads.earlierImports(manager, upload.sha256);
          await this.uploads.insert(manager, upload);
          return uploadDto(upload, earlier);
        }),
      ),
    );
  }

  /**
   * Takes the file of a form in and reads it once. When it throws, nothing is left of it.
   * @param parts that the form may have beside the file and how it is read
   * @param said about the file, beside what the form says
   */
  async accept(
    caller: Caller,
    request: IncomingMessage,
    parts: readonly string[] = [],
    said: SourceOverrides = {},
  ): Promise<AcceptedUpload> {
    const key = { companyId: caller.companyId, uploadId: newId() };
    const { limits } = await this.companies.of(caller.companyId);
    try {
      const { file, fields } = await readMultipart(request, (content, name) =>
        this.reader.receive(key, content, name, limits.bytes),
      );
      requireKnown(fields, [...OVERRIDES, ...parts]);
      if (!file) throw new Problem('file_missing');
      const { source, rowCount } = await this.examine(key, { ...(await overridesOf(fields)), ...said }, limits.rows);
      const { fileName, byteSize, sha256 } = file;
      const meta = { id: key.uploadId, companyId: key.companyId, createdBy: caller.actor };
      const times = { createdAt: new Date(), fileRemovedAt: null };
      return { upload: { ...meta, ...times, fileName, byteSize, sha256, source, rowCount }, fields };
    } catch (error) {
      await this.discard(key.companyId, key.uploadId);
      throw error;
    }
  }

  private async examine(key: FileKey, overrides: SourceOverrides, rowLimit: number) {
    const file = await this.reader.open(key, overrides);
    try {
      return { source: file.source, rowCount: await file.countRows(rowLimit) };
    } finally {
      await file.close();
    }
  }

  /**
   * Runs `work`, which stores the upload or answers a repeat. The file goes when the database says that its upload is not
   * stored, whatever `work` says: its COMMIT may have succeeded though its answer was lost.
   */
  async keepFileIfKept<T>(upload: Upload, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      if (!(await this.mayBeStored(upload))) await this.discard(upload.companyId, upload.id);
    }
  }

  private async mayBeStored({ id, companyId }: Upload): Promise<boolean> {
    const scope = { companyId, actor: 'system', cause: `upload:${id}` };
    try {
      return await this.uow.run(scope, (manager) => this.uploads.isStored(manager, id));
    } catch (err) {
      this.logger.warn({ err, uploadId: id, msg: 'Whether the upload is stored is not known; its file stays' });
      return true;
    }
  }

  /** A file that stays is no reason to answer otherwise. */
  private async discard(companyId: Id, uploadId: Id): Promise<void> {
    await this.reader
      .discard(companyId, uploadId)
      .catch((err: unknown) => this.logger.warn({ err, uploadId, msg: 'The file of an upload could not be removed' }));
  }

  get(caller: Caller, id: Id): Promise<UploadDto> {
    return this.uow.run(caller, async (manager) => {
      const upload = await this.uploads.get(manager, id);
      return uploadDto(upload, await this.uploads.earlierImports(manager, upload.sha256));
    });
  }

  /** The first rows as they will be read, with what the caller overrides. */
  async preview(caller: Caller, id: Id, overrides: SourceOverridesDto): Promise<UploadPreviewDto> {
    const upload = await this.uow.run(caller, async (manager) =>
      this.parts.firstFile(manager, await this.uploads.getReadable(manager, caller, id)),
    );
    const { limits } = await this.companies.of(caller.companyId);
    const file = await openAsConfigured(this.reader, upload, { source: overrides });
    try {
      const rows: UploadPreviewDto['rows'] = [];
      for await (const batch of file.rows(limits.rows)) {
        for (const { row, cells } of batch.rows.slice(0, PREVIEW_ROWS - rows.length)) rows.push({ row, cells });
        if (rows.length >= PREVIEW_ROWS) break;
      }
      return { source: recognisedSource(file.source), rows };
    } finally {
      await file.close();
    }
  }
}

/** What the form says about the file, checked like a query. @throws Problem validation_failed */
async function overridesOf(fields: FormFields): Promise<SourceOverridesDto> {
  const given = Object.fromEntries(OVERRIDES.map((name) => [name, fields.get(name)]));
  return (await validation.transform(given, { type: 'body', metatype: SourceOverridesDto })) as SourceOverridesDto;
}
