/** Addresses of downloads: which are asked, and how messages show them. */

import { describe, expect, it } from "vitest";
import { addressFault, shownAddress } from "../lib/src/data/address.js";

describe("addressFault", () => {
  it.each([
    "https://example.org/a.csv",
    "https://example.org:8443/a?b=c@d",
    "http://localhost/a.csv",
    "http://127.0.0.1:8080/a.csv",
    "http://[::1]/a.csv",
  ])("is none in %s", (address) => {
    expect(addressFault(address)).toBeUndefined();
  });

  it.each([
    ["a.csv", "must be an address that begins with https://; correct it"],
    ["http://example.org/a.csv", "must begin with https://; correct it"],
    ["ftp://localhost/a.csv", "must begin with https://; correct it"],
    ["file:///a.csv", "must begin with https://; correct it"],
    ["https://name@example.org/", "must hold no user name and no password; take them out"],
    ["https://:word@example.org/", "must hold no user name and no password; take them out"],
    ["https://name:word@example.org/", "must hold no user name and no password; take them out"],
    ["http://name@localhost/", "must hold no user name and no password; take them out"],
  ])("of %s is told", (address, fault) => {
    expect(addressFault(address)).toBe(fault);
  });
});

it("shownAddress leaves out a user's name and password", () => {
  const shown = ["https://name:word@example.org/a", "//name@host/a", "https://host/a@b", "a@b"];
  expect(shown.map(shownAddress)).toEqual([
    "https://…@example.org/a",
    "//…@host/a",
    "https://host/a@b",
    "a@b",
  ]);
});
