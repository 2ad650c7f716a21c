#include "interdict/lists.h"

static const itd_publisher publishers[] = {
    {"us-ofac-sdn", "Specially Designated Nationals and Blocked Persons List",
     "US Treasury, Office of Foreign Assets Control", "ofac-csv ofac-xml ofac-enhanced ofac-advanced", "ent_num, uid"},
    {"us-ofac-cons", "Consolidated non-SDN list", "US Treasury, Office of Foreign Assets Control",
     "ofac-csv ofac-xml ofac-enhanced ofac-advanced", "ent_num, uid"},
    {"us-ofac-wallets", "Digital currency addresses of the SDN list", "US Treasury, Office of Foreign Assets Control",
     "ofac-wallets", "asset and address"},
    {"un-sc", "Security Council Consolidated List", "United Nations Security Council", "un-xml", "DATAID"},
    {"gb-ofsi", "Consolidated List of Financial Sanctions Targets (historic since 2026-01-28)",
     "HM Treasury, Office of Financial Sanctions Implementation", "uk-conlist", "Group ID"},
    {"eu-journal", "EU sanctions of the Official Journal, for tests only", "OpenSanctions", "eu-journal",
     "CELEX, annex, recordId"},
    {"eu-fsf", "Consolidated list of persons, groups and entities subject to EU financial sanctions",
     "European Commission", "eu-fsf-xml eu-fsf-csv", "euReferenceNumber"},
    {"gb-uksl", "UK Sanctions List", "Foreign, Commonwealth & Development Office", "uksl-xml uksl-csv", "Unique ID"},
    {"us-csl", "Consolidated Screening List", "US International Trade Administration", "us-csl", "source and _id"},
    {"ca-sema", "Consolidated Canadian Autonomous Sanctions List", "Global Affairs Canada", "ca-sema-xml",
     "Country, Schedule, Item"},
    {"au-dfat", "Consolidated List", "Australia, Department of Foreign Affairs and Trade", "au-dfat-csv",
     "Reference without its letters"},
    {"ch-seco", "Sanctioned individuals, entities and organisations",
     "Switzerland, State Secretariat for Economic Affairs", "ch-seco-xml", "ssid of the target"},
    {"us-fincen-311", "Special measures under section 311", "US Financial Crimes Enforcement Network", "us-fincen-csv",
     "a hash of measure and name"},
    {"us-bis-dpl", "Denied Persons List", "US Bureau of Industry and Security", "us-bis-dpl",
     "a hash of name and effective date"},
};

const itd_publisher *itd_publisher_at(size_t index)
{
    return index < sizeof publishers / sizeof publishers[0] ? &publishers[index] : NULL;
}
