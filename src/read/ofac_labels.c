#include "read/ofac_labels.h"

#define NUMBER(label, property_name)                                                                                   \
    {                                                                                                                  \
        .text = (label), .property = (property_name), .kind = ITD_OFAC_LABEL_NUMBER                                    \
    }
#define PLAIN(label, property_name)                                                                                    \
    {                                                                                                                  \
        .text = (label), .property = (property_name), .kind = ITD_OFAC_LABEL_PLAIN                                     \
    }
#define SAID(label, property_name)                                                                                     \
    {                                                                                                                  \
        .text = (label), .property = (property_name), .kind = ITD_OFAC_LABEL_SAID                                      \
    }
#define PROVISION(label)                                                                                               \
    {                                                                                                                  \
        .text = (label), .kind = ITD_OFAC_LABEL_PROVISION                                                              \
    }

/* Among labels that start alike the longer stands first. Source: the lists of 2016 to 2025. */
static const itd_ofac_label labels[] = {
    {.text = "DOB", .kind = ITD_OFAC_LABEL_BIRTH_DATE},
    {.text = "POB", .kind = ITD_OFAC_LABEL_BIRTH_PLACE},
    {.text = "Gender", .kind = ITD_OFAC_LABEL_GENDER},
    {.text = "Linked To:", .kind = ITD_OFAC_LABEL_LINK},
    PLAIN("Nationality of Registration", "country"),
    PLAIN("nationality", "nationality"),
    PLAIN("citizen", "citizenship"),
    {.text = "Passport", .kind = ITD_OFAC_LABEL_PASSPORT},
    {.text = "Diplomatic Passport", .kind = ITD_OFAC_LABEL_PASSPORT},
    {.text = "British National Overseas Passport", .kind = ITD_OFAC_LABEL_PASSPORT},
    {.text = "Stateless Person Passport", .kind = ITD_OFAC_LABEL_PASSPORT},
    {.text = "Digital Currency Address -", .kind = ITD_OFAC_LABEL_WALLET},
    PROVISION("Additional Sanctions Information"),
    PROVISION("Secondary sanctions risk"),
    PROVISION("Transactions Prohibited For"),
    PROVISION("Executive Order"),
    PROVISION("CAATSA Section"),
    PROVISION("IFCA Determination"),
    PROVISION("U.S. Persons Must Continue to Block"),
    PROVISION("Listing Date"),
    PROVISION("Effective Date"),
    PROVISION("Purchase/Sales For Divestment Date"),
    /* persons */
    NUMBER("National ID No.", "idNumber"),
    NUMBER("National Foreign ID Number", "idNumber"),
    NUMBER("Cedula No.", "idNumber"),
    NUMBER("C.U.R.P.", "idNumber"),
    NUMBER("D.N.I.", "idNumber"),
    NUMBER("I.F.E.", "idNumber"),
    NUMBER("C.U.I.P.", "idNumber"),
    NUMBER("C.U.I.", "idNumber"),
    NUMBER("Personal ID Card", "idNumber"),
    NUMBER("Refugee ID Card", "idNumber"),
    NUMBER("Tazkira National ID Card", "idNumber"),
    NUMBER("Cartilla de Servicio Militar Nacional", "idNumber"),
    NUMBER("Credencial electoral", "idNumber"),
    NUMBER("Numero de Identidad", "idNumber"),
    NUMBER("SSN", "socialSecurityNumber"),
    NUMBER("VisaNumberID", "idNumber"),
    /* taxes */
    NUMBER("Tax ID No.", "taxNumber"),
    NUMBER("R.F.C.", "taxNumber"),
    NUMBER("RFC", "taxNumber"),
    NUMBER("NIT #", "taxNumber"),
    NUMBER("RUC #", "taxNumber"),
    NUMBER("RIF #", "taxNumber"),
    NUMBER("RTN", "taxNumber"),
    NUMBER("C.U.I.T.", "taxNumber"),
    NUMBER("C.I.F.", "taxNumber"),
    NUMBER("N.I.E.", "taxNumber"),
    NUMBER("Italian Fiscal Code", "taxNumber"),
    NUMBER("Fiscal Code", "taxNumber"),
    NUMBER("US FEIN", "taxNumber"),
    NUMBER("Numero Unico de Identificacao Tributaria (NUIT)", "taxNumber"),
    NUMBER("V.A.T. Number", "vatCode"),
    /* registers */
    NUMBER("Registration Number", "registrationNumber"),
    NUMBER("Registration ID", "registrationNumber"),
    NUMBER("Business Registration Document #", "registrationNumber"),
    NUMBER("Business Registration Number", "registrationNumber"),
    NUMBER("Public Registration Number", "registrationNumber"),
    NUMBER("Commercial Registry Number", "registrationNumber"),
    NUMBER("Central Registration System Number", "registrationNumber"),
    NUMBER("Certificate of Incorporation Number", "registrationNumber"),
    NUMBER("Chamber of Commerce Number", "registrationNumber"),
    NUMBER("Economic Register Number (CBLS)", "registrationNumber"),
    NUMBER("Enterprise Number", "registrationNumber"),
    NUMBER("Folio Mercantil No.", "registrationNumber"),
    NUMBER("Matricula Mercantil No", "registrationNumber"),
    NUMBER("C.R. No.", "registrationNumber"),
    NUMBER("UK Company Number", "registrationNumber"),
    NUMBER("Legal Entity Number", "registrationNumber"),
    NUMBER("Registered Charity No.", "registrationNumber"),
    NUMBER("Romanian C.R.", "registrationNumber"),
    NUMBER("Unified Social Credit Code (USCC)", "registrationNumber"),
    NUMBER("United Social Credit Code Certificate (USCCC)", "registrationNumber"),
    NUMBER("Government Gazette Number", "okpoCode"),
    NUMBER("BIK (RU)", "idNumber"),
    NUMBER("ISIN", "idNumber"),
    PLAIN("Equity Ticker", "ticker"), /* of securities; a note of others */
    NUMBER("D-U-N-S Number", "dunsCode"),
    NUMBER("SWIFT/BIC", "swiftBic"),
    NUMBER("Trade License No.", "licenseNumber"),
    NUMBER("License", "licenseNumber"),
    NUMBER("Driver's License No.", "licenseNumber"),
    NUMBER("Pilot License Number", "licenseNumber"),
    NUMBER("Afghan Money Service Provider License Number", "licenseNumber"),
    {.text = "Identification Number", .property = "idNumber", .kind = ITD_OFAC_LABEL_IMO},
    {.text = "Company Number", .property = "registrationNumber", .kind = ITD_OFAC_LABEL_IMO},
    /* organizations */
    PLAIN("Organization Established Date", "incorporationDate"),
    PLAIN("Organization Type:", "sector"),
    PLAIN("Target Type", "classification"),
    PLAIN("Email Address", "email"),
    PLAIN("Website", "website"),
    PLAIN("Phone Number", "phone"),
    PLAIN("Phone No.", "phone"),
    PLAIN("Phone", "phone"),
    PLAIN("Telephone No.", "phone"),
    PLAIN("Telephone", "phone"),
    SAID("Fax No.", "phone"),
    SAID("Fax Number", "phone"),
    SAID("Fax", "phone"),
    PLAIN("Email", "email"),
    /* vessels and aircraft */
    {.text = "Vessel Registration Identification", .kind = ITD_OFAC_LABEL_IMO},
    PLAIN("MMSI", "mmsi"),
    PLAIN("Former Vessel Flag", "pastFlags"),
    PLAIN("Other Vessel Flag", "flag"),
    PLAIN("Vessel Flag", "flag"),
    PLAIN("Other Vessel Type", "type"),
    PLAIN("Vessel Type", "type"),
    PLAIN("Other Vessel Call Sign", "callSign"),
    PLAIN("Vessel Call Sign", "callSign"),
    PLAIN("Vessel Year of Build", "buildDate"),
    PLAIN("Vessel Owner", "owner"),
    PLAIN("Aircraft Model", "model"),
    PLAIN("Aircraft Operator", "operator"),
    PLAIN("Aircraft Manufacture Date", "buildDate"),
    PLAIN("Aircraft Manufacturer's Serial Number (MSN)", "serialNumber"),
    SAID("Aircraft Serial Identification", "serialNumber"),
    SAID("Aircraft Construction Number (also called L/N or S/N or F/N)", "serialNumber"),
    PLAIN("Aircraft Mode S Transponder Code", "icaoCode"),
    PLAIN("Aircraft Tail Number", "registrationNumber"),
    SAID("Previous Aircraft Tail Number", "registrationNumber"),
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

const itd_ofac_label *itd_ofac_find_label(itd_sv text, size_t *used)
{
    if (text.size == 0)
        return NULL;
    char first = lower(text.data[0]);
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (lower(labels[i].text[0]) != first)
            continue;
        itd_sv label = itd_sv_of(labels[i].text);
        if (!itd_sv_starts_nocase(text, label))
            continue;
        char last = label.data[label.size - 1], next = text.size > label.size ? text.data[label.size] : ' ';
        if (next != ' ' && next != ':' && last != ':' && last != '#')
            continue;
        *used = label.size + (next == ':');
        return &labels[i];
    }
    return NULL;
}

static bool ends_number_label(itd_sv word)
{
    static const char *const words[] = {"No.", "No", "No.:", "Number", "Number:", "#", "ID"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_equal_nocase(word, itd_sv_of(words[i])))
            return true;
    return false;
}

bool itd_ofac_is_number_label(itd_sv label)
{
    size_t at = label.size;
    while (at > 0 && label.data[at - 1] != ' ')
        at--;
    return ends_number_label(itd_sv_slice(label, at, SIZE_MAX));
}

bool itd_ofac_has_digit(itd_sv word)
{
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] >= '0' && word.data[i] <= '9')
            return true;
    return false;
}

/* Longer ones are sentences that happen to have a number. */
#define NUMBER_LABEL_WORDS_MAX 8

size_t itd_ofac_number_label(itd_sv text)
{
    size_t label = 0, words = 0;
    for (size_t at = 0; at < text.size;) {
        size_t blank = itd_sv_find(text, ITD_SV(" "), at);
        itd_sv word = itd_sv_slice(text, at, blank == SIZE_MAX ? SIZE_MAX : blank - at);
        if (itd_ofac_has_digit(word))
            return label;
        if (++words > NUMBER_LABEL_WORDS_MAX || itd_sv_ends(word, ITD_SV(",")) || itd_sv_ends(word, ITD_SV(":")))
            break;
        if (blank == SIZE_MAX)
            break;
        if (at > 0 && ends_number_label(word))
            label = blank;
        at = blank + 1;
    }
    return 0;
}

static bool has_lower(itd_sv word)
{
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] >= 'a' && word.data[i] <= 'z')
            return true;
    return false;
}

void itd_ofac_clean_number(itd_sv *before, itd_sv *number, itd_sv *after, bool passport)
{
    itd_sv text = itd_sv_trim(*number);
    size_t at = 0, end = 0;
    if (!itd_ofac_has_digit(text))
        return;
    while (at < text.size) { /* "Booklet: ", "No.: ", "# " */
        size_t blank = itd_sv_find(text, ITD_SV(" "), at);
        itd_sv word = itd_sv_slice(text, at, blank == SIZE_MAX ? SIZE_MAX : blank - at);
        bool names = itd_sv_ends(word, ITD_SV(":")) || itd_sv_is(word, "#") || (passport && has_lower(word));
        if (blank == SIZE_MAX || itd_ofac_has_digit(word) || !names)
            break;
        at = blank + 1;
    }
    *before = itd_sv_trim(itd_sv_slice(text, 0, at));
    if (itd_sv_ends(*before, ITD_SV(":")) || itd_sv_ends(*before, ITD_SV("#")))
        before->size--;
    *before = itd_sv_trim(*before);
    text = itd_sv_trim(itd_sv_slice(text, at, SIZE_MAX));
    while (itd_sv_starts(text, ITD_SV("#")))
        text = itd_sv_trim(itd_sv_slice(text, 1, SIZE_MAX));
    for (end = itd_sv_find(text, ITD_SV(" "), 0); passport && end != SIZE_MAX;
         end = itd_sv_find(text, ITD_SV(" "), end + 1)) { /* " Colombia", " and Kuwaiti …", " - 16/2/1421H" */
        size_t next = itd_sv_find(text, ITD_SV(" "), end + 1);
        itd_sv word = itd_sv_slice(text, end + 1, next == SIZE_MAX ? SIZE_MAX : next - end - 1);
        bool says = (has_lower(word) && !itd_ofac_has_digit(word)) || itd_sv_is(word, "-");
        if (says && itd_ofac_has_digit(itd_sv_slice(text, 0, end)))
            break;
    }
    if (passport && end != SIZE_MAX) {
        *after = itd_sv_trim(itd_sv_slice(text, end, SIZE_MAX));
        text = itd_sv_trim(itd_sv_slice(text, 0, end));
    }
    *number = text;
}
