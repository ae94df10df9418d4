// Reads calendars as ical.js does: a JSON list of texts comes in, for each the list of its entries goes out.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const instant = (time) => (time.isDate ? time.toString() : time.toUnixTime());

const entry = (component) => {
  const event = new ICAL.Event(component);
  const value = (name) => component.getFirstPropertyValue(name);
  return {
    uid: event.uid,
    start: instant(event.startDate),
    end: instant(event.endDate),
    sequence: event.sequence,
    status: value("status"),
    summary: event.summary,
    location: event.location ?? "",
    description: event.description ?? "",
    categories: component.getFirstProperty("categories")?.getValues() ?? [],
  };
};

const read = (text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  return calendar.getAllSubcomponents("vevent").map(entry);
};

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map(read)));
