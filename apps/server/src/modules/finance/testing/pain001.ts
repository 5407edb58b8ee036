/**
 * The parts of pain.001.001.09 that the bank file uses, written from the ISO 20022 message definition report; no copy of
 * the published schema, which holds far more. Checked type by type against the published one (ISO 20022 Standards
 * Editor, 2019-02-14): names, order, choices, lengths, digits and patterns are its own, and no element that it requires
 * is absent. It is stricter in what the bank file always writes: the creditor, its account, every name, the text for the
 * payee and an account number of the bank's own kind, which may each be absent or take another form there.
 */
export const pain001Schema = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
  targetNamespace="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09" elementFormDefault="qualified">
  <xs:element name="Document"><xs:complexType><xs:sequence>
    <xs:element name="CstmrCdtTrfInitn"><xs:complexType><xs:sequence>
      <xs:element name="GrpHdr"><xs:complexType><xs:sequence>
        <xs:element name="MsgId" type="Max35Text"/>
        <xs:element name="CreDtTm" type="xs:dateTime"/>
        <xs:element name="NbOfTxs" type="Max15NumericText"/>
        <xs:element name="CtrlSum" type="DecimalNumber" minOccurs="0"/>
        <xs:element name="InitgPty" type="Party"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="PmtInf" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="PmtInfId" type="Max35Text"/>
        <xs:element name="PmtMtd"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="CHK"/><xs:enumeration value="TRF"/><xs:enumeration value="TRA"/>
        </xs:restriction></xs:simpleType></xs:element>
        <xs:element name="NbOfTxs" type="Max15NumericText" minOccurs="0"/>
        <xs:element name="CtrlSum" type="DecimalNumber" minOccurs="0"/>
        <xs:element name="ReqdExctnDt"><xs:complexType><xs:choice>
          <xs:element name="Dt" type="xs:date"/><xs:element name="DtTm" type="xs:dateTime"/>
        </xs:choice></xs:complexType></xs:element>
        <xs:element name="Dbtr" type="Party"/>
        <xs:element name="DbtrAcct" type="Account"/>
        <xs:element name="DbtrAgt"><xs:complexType><xs:sequence>
          <xs:element name="FinInstnId"><xs:complexType><xs:sequence>
            <xs:element name="BICFI" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">
              <xs:pattern value="[A-Z0-9]{4,4}[A-Z]{2,2}[A-Z0-9]{2,2}([A-Z0-9]{3,3}){0,1}"/>
            </xs:restriction></xs:simpleType></xs:element>
            <xs:element name="ClrSysMmbId" minOccurs="0"><xs:complexType><xs:sequence>
              <xs:element name="ClrSysId" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="Cd"><xs:simpleType><xs:restriction base="xs:string">
                <xs:minLength value="1"/><xs:maxLength value="5"/>
              </xs:restriction></xs:simpleType></xs:element></xs:sequence></xs:complexType></xs:element>
              <xs:element name="MmbId" type="Max35Text"/>
            </xs:sequence></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element name="CdtTrfTxInf" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="PmtId"><xs:complexType><xs:sequence><xs:element name="EndToEndId" type="Max35Text"/></xs:sequence></xs:complexType></xs:element>
          <xs:element name="Amt"><xs:complexType><xs:sequence>
            <xs:element name="InstdAmt"><xs:complexType><xs:simpleContent><xs:extension base="Amount">
              <xs:attribute name="Ccy" use="required"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{3,3}"/></xs:restriction></xs:simpleType></xs:attribute>
            </xs:extension></xs:simpleContent></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="Cdtr" type="Party"/>
          <xs:element name="CdtrAcct" type="Account"/>
          <xs:element name="RmtInf" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="Ustrd" type="Max140Text"/></xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Party"><xs:sequence><xs:element name="Nm" type="Max140Text"/></xs:sequence></xs:complexType>
  <xs:complexType name="Account"><xs:sequence><xs:element name="Id"><xs:complexType><xs:sequence>
    <xs:element name="Othr"><xs:complexType><xs:sequence><xs:element name="Id" type="Max34Text"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
  <xs:simpleType name="Max34Text"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="34"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Max35Text"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="35"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Max140Text"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="140"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Max15NumericText"><xs:restriction base="xs:string"><xs:pattern value="[0-9]{1,15}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="DecimalNumber"><xs:restriction base="xs:decimal"><xs:totalDigits value="18"/><xs:fractionDigits value="17"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Amount"><xs:restriction base="xs:decimal"><xs:minInclusive value="0"/><xs:totalDigits value="18"/><xs:fractionDigits value="5"/></xs:restriction></xs:simpleType>
</xs:schema>`;
