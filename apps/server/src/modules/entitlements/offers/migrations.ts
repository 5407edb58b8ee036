import { type Kysely, type Migration, sql } from "kysely";

/** The tables of offers. */
export const offerMigrations: Readonly<Record<string, Migration>> = {
  "2026-11-23-offers": {
    async up(db: Kysely<unknown>) {
      await sql`
        create table offer_campaign (
          id text primary key,
          run text not null references run (id),
          list text not null,
          item text not null,
          area text not null,
          objection_until date not null,
          sample integer not null check (sample >= 0),
          made_by text not null,
          made_at timestamptz not null,
          seen integer not null check (seen >= 0),
          offered integer not null check (offered >= 0),
          sampled integer not null check (sampled >= 0),
          unreachable integer not null check (unreachable >= 0),
          fen bigint not null check (fen >= 0),
          finished_at timestamptz,
          released integer not null check (released >= 0),
          released_at timestamptz,
          constraint offer_campaign_counts_everyone check (seen = offered + sampled + unreachable)
        )`.execute(db);
      await sql`create index offer_campaign_area on offer_campaign (area, id)`.execute(db);
      // Who was found once is not offered the same from the same run again.
      await sql`create unique index offer_campaign_once on offer_campaign (run, item)`.execute(db);
      await sql`
        create table offer_unreachable (
          campaign text not null references offer_campaign (id),
          person text not null,
          reason text not null check (reason in ('no-account', 'has-case')),
          primary key (campaign, person)
        )`.execute(db);
    },
  },
};
